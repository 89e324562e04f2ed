/** What of a long list is in the document: only the rows in view and a few beside them. */
export interface RowsInView {
  /** First row, counted from 0. */
  readonly first: number
  /** The row after the last one. */
  readonly end: number
}

/**
 * Rows of a scrolled list that are in view, with `beside` more at each side.
 * @param scroll Pixels scrolled.
 * @param height Pixels in view.
 * @param rowHeight Pixels of a row, its gap included.
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

/** How many columns of at least so many pixels fit, and how wide each is then, gaps left out. */
export function columnsIn(
  width: number,
  least: number,
  gap: number,
): { readonly columns: number; readonly column: number } {
  const columns = Math.max(1, Math.floor((width + gap) / (least + gap)))
  return { columns, column: Math.max(1, (width - gap * (columns - 1)) / columns) }
}

/** Where a key moves the cursor of a grid that is filled row by row; null for a key that moves nothing. */
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
  // Up and down stay in their column; only at the ends of the list is there nothing further.
  if ((key === 'ArrowUp' && to < 0) || (key === 'ArrowDown' && to >= total)) return index
  return Math.min(total - 1, Math.max(0, to))
}

/** How far a list must be scrolled so that a row is in view; where it is already, not at all. */
export function scrollTo(row: number, rowHeight: number, scroll: number, height: number): number {
  const top = row * rowHeight
  if (top < scroll) return top
  return Math.max(scroll, top + rowHeight - height)
}
