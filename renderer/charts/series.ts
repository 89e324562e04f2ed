import type { SeriesLook } from '../ui/seriesLook.ts'

/** Columns of equal length, with x ascending. */
export interface Columns {
  readonly x: readonly number[]
  readonly y: readonly number[]
}

/** Lower and upper bounds at places of the x axis, as columns of equal length with x ascending. */
export interface Band {
  readonly x: readonly number[]
  readonly low: readonly number[]
  readonly high: readonly number[]
}

/** One line of a chart. Charts know nothing about what a series means. */
export interface Series {
  readonly key: string
  readonly label: string
  readonly look: SeriesLook
  readonly points: Columns
  /** The values before smoothing, drawn faintly behind the line. */
  readonly raw: Columns | null
  /** The lines that this one is the mean of, drawn faintly behind it. */
  readonly singles?: readonly Columns[]
  /** Drawn behind the line; its bounds belong to places of the line. */
  readonly band?: Band
  /** A note beside the value under the cursor, for example the step of this point, where the cursor is at another. */
  readonly noteAt: (index: number, cursor: number) => string
}

/** A range of the x axis. */
export interface XRange {
  readonly min: number
  readonly max: number
}

/** Index of the point nearest to x, or -1 without points. */
export function nearestIndex(x: readonly number[], to: number): number {
  if (x.length === 0) return -1
  let low = 0
  let high = x.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (x[middle] < to) low = middle + 1
    else high = middle
  }
  return low > 0 && to - x[low - 1] <= x[low] - to ? low - 1 : low
}

/** Every x at which some series has a point, ascending and without repeats: the cursor positions. */
export function cursorStops(series: readonly Series[]): number[] {
  const stops = new Set<number>()
  for (const one of series) for (const x of one.points.x) stops.add(x)
  return [...stops].sort((a, b) => a - b)
}

/** At most `count` of the values, evenly spaced, always with the first and the last. */
export function thinned(values: readonly number[], count: number): number[] {
  if (values.length <= count) return [...values]
  return Array.from({ length: count }, (_, index) => values[Math.round((index * (values.length - 1)) / (count - 1))])
}
