/** The part of a long list in the document: the rows in view and a few around them. */
export interface RowsInView {
  /** First row, from 0. */
  readonly first: number
  /** The row after the last one. */
  readonly end: number
}

/**
 * The visible rows of a scrolled list, with `beside` extra rows at each end.
 * @param scroll Pixels scrolled.
 * @param height Pixels in view.
 * @param rowHeight Pixels per row, including the gap.
 */
export function rowsInView(
  scroll: number,
  height: number,
  rowHeight: number,
  rows: number,
  beside: number,
): RowsInView {
  const first = Math.max(0, Math.floor(scroll / rowHeight) - beside)
  const end = Math.min(rows, Math.ceil((scroll + height) / rowHeight) + beside)
  return { first: Math.min(first, rows), end: Math.max(end, Math.min(first, rows)) }
}

/** How many columns of at least this width in pixels fit, and how wide each then is, without the gaps. */
export function columnsIn(
  width: number,
  least: number,
  gap: number,
): { readonly columns: number; readonly column: number } {
  const columns = Math.max(1, Math.floor((width + gap) / (least + gap)))
  return { columns, column: Math.max(1, (width - gap * (columns - 1)) / columns) }
}

/** Where a key moves the cursor of a grid filled row by row; null for any other key. */
export function moved(
  index: number,
  key: string,
  { columns, total, page }: { readonly columns: number; readonly total: number; readonly page: number },
): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
    PageUp: -columns * page,
    PageDown: columns * page,
    Home: -total,
    End: total,
  }
  if (!Object.hasOwn(steps, key) || total === 0) return null
  const to = index + steps[key]
  // Up and down stay in their column. Where it has no further cell, the cursor does not move.
  if ((key === 'ArrowUp' && to < 0) || (key === 'ArrowDown' && to >= total)) return index
  return Math.min(total - 1, Math.max(0, to))
}

/** The scroll position at which a row is in view; unchanged if it already is. */
export function scrollTo(row: number, rowHeight: number, scroll: number, height: number): number {
  const top = row * rowHeight
  if (top < scroll) return top
  return Math.max(scroll, top + rowHeight - height)
}
