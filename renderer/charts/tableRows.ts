import type { Series } from './series.ts'
import { cursorStops, thinned } from './series.ts'

/** As many rows as a person can still read. A series with few points is shown complete. */
const mostRows = 200

export interface TableRow {
  readonly x: number
  /** In series order; null where a series has no point at this x. */
  readonly values: readonly (number | null)[]
}

/** A chart as table rows: every point of sparse series, and dense series at evenly spaced points. */
export function tableRows(series: readonly Series[]): TableRow[] {
  const sparse = series.filter((one) => one.points.x.length <= mostRows)
  const dense = series.filter((one) => one.points.x.length > mostRows)
  const stops = [...new Set([...cursorStops(sparse), ...thinned(cursorStops(dense), mostRows)])].sort((a, b) => a - b)
  const columns = series.map((one) => new Map(one.points.x.map((x, index) => [x, one.points.y[index]])))
  return stops.map((x) => ({ x, values: columns.map((column) => column.get(x) ?? null) }))
}
