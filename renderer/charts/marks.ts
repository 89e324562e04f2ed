import type { SeriesLook } from '../ui/seriesLook.ts'
import { type ChartArea, leftOf, type Plot, topOf } from './plot.ts'
import { nearestIndex, type Series } from './series.ts'

/** The point of one series nearest to the cursor, in chart pixels. */
export interface Mark {
  readonly key: string
  readonly label: string
  readonly look: SeriesLook
  readonly value: string
  readonly note: string
  readonly left: number
  readonly top: number
}

/** The values under the cursor. */
export interface Marks {
  /** Where they are: the place of all of them if they share one, otherwise that of the cursor. */
  readonly at: number
  /** The topmost first. */
  readonly rows: readonly Mark[]
}

/**
 * The points nearest to a place of the x axis. A series has no mark where it has no point, or where
 * its point has no place on a logarithmic axis.
 */
export function marksAt(
  plot: Plot,
  series: readonly Series[],
  cursor: number,
  formatValue: (value: number) => string,
): Marks {
  const nearest = series.map(({ points }) => nearestIndex(points.x, cursor))
  const places = new Set(series.flatMap(({ points }, one) => (nearest[one] === -1 ? [] : [points.x[nearest[one]]])))
  const [place] = places
  const at = places.size === 1 ? place : cursor
  const rows = series.flatMap(({ key, label, look, points, noteAt }, one): Mark[] => {
    const index = nearest[one]
    if (index === -1) return []
    const value = points.y[index]
    const [left, top] = [leftOf(plot, points.x[index]), topOf(plot, value)]
    if (!Number.isFinite(left) || !Number.isFinite(top)) return []
    return [{ key, label, look, value: formatValue(value), note: noteAt(index, at), left, top }]
  })
  return { at, rows: rows.sort((a, b) => a.top - b.top) }
}

/** Whether a mark lies in the area, or close enough to its edge to be visible. */
export function isInside({ left, top }: Mark, area: ChartArea): boolean {
  return left >= area.left - 1 && left <= area.right + 1 && top >= area.top - 4 && top <= area.bottom + 4
}

/** Of marks sorted by height, so many neighbours that lie nearest to a height; without one, the topmost. */
export function nearestMarks(marks: readonly Mark[], top: number | null, most: number): readonly Mark[] {
  if (marks.length <= most) return marks
  if (top === null) return marks.slice(0, most)
  let from = 0
  // The nearest lie side by side: moving down pays as long as the next one below is nearer than the first.
  while (from + most < marks.length && Math.abs(marks[from + most].top - top) < Math.abs(marks[from].top - top))
    from += 1
  return marks.slice(from, from + most)
}

/** The series whose mark lies within some pixels of a point; null where none does. */
export function markNear(marks: readonly Mark[], left: number, top: number, within: number): Mark | null {
  let nearest: Mark | null = null
  let least = within
  for (const mark of marks) {
    const distance = Math.hypot((mark.left - left) / 3, mark.top - top)
    if (distance > least) continue
    nearest = mark
    least = distance
  }
  return nearest
}
