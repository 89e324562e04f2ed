import type { Series, XRange } from './series.ts'
import { cursorStops, thinned } from './series.ts'

/** As many rows as a person can still read. A series with few points is shown complete. */
const mostRows = 200

export interface TableRow {
  readonly x: number
  /** In series order; null where a series has no point at this x. */
  readonly values: readonly (number | null)[]
}

/** The rows of a chart's table, and of how many places these are a choice. */
export interface ChartRows {
  readonly rows: readonly TableRow[]
  /** Places in the range at which some series has a point. */
  readonly places: number
}

/**
 * A chart as table rows: every point of sparse series, and dense series at evenly spaced points.
 * @param range The range in view; null for all.
 */
export function tableRows(series: readonly Series[], range: XRange | null): ChartRows {
  const isIn = (x: number): boolean => range === null || (x >= range.min && x <= range.max)
  const seen = series.map(({ points }) => points.x.filter(isIn))
  const sparse = series.filter((_, index) => seen[index].length <= mostRows)
  const dense = series.filter((_, index) => seen[index].length > mostRows)
  const all = cursorStops(series).filter(isIn)
  const stops = [
    ...new Set([...cursorStops(sparse).filter(isIn), ...thinned(cursorStops(dense).filter(isIn), mostRows)]),
  ].sort((a, b) => a - b)
  const columns = series.map((one) => new Map(one.points.x.map((x, index) => [x, one.points.y[index]])))
  const rows = stops.map((x) => ({ x, values: columns.map((column) => column.get(x) ?? null) }))
  return { rows, places: all.length }
}
