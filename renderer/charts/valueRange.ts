import type { XRange, Series } from './series.ts'

/** Above how many times the height of the rest the highest values of a series among others count as outliers. */
const farAbove = 3
/** The same for a series that stands alone, which nothing else can be compared with. */
const farAboveItself = 10
/** Above how many times the height of the others a whole series counts as one. */
const farAboveAll = 30
/** A series of fewer values has no share that could be left out by itself. */
const fewest = 20
/** The share of a series that may be left out. */
const leftOut = 0.02

/** The range of values that a chart shows. */
export interface ValueRange {
  readonly min: number
  readonly max: number
  /** The greatest of all values; above `max` where outliers are left out. */
  readonly highest: number
  /** Keys of the series that have values above `max`. */
  readonly beyond: readonly string[]
  /** Keys of the series with values that a logarithmic axis has no place for. */
  readonly withoutPlace: readonly string[]
}

export interface RangeOrder {
  readonly x: XRange
  /** Whether only values above 0 have a place. */
  readonly logarithmic: boolean
  /** Whether outliers are left out; a logarithmic axis shows them all. */
  readonly ignoreOutliers: boolean
}

interface Found {
  readonly key: string
  readonly values: readonly number[]
  readonly min: number
  readonly max: number
}

/** The values of a series in a range of the x axis, everything drawn of it included. */
function valuesIn(series: Series, { min, max }: XRange): number[] {
  const found: number[] = []
  const add = (x: readonly number[], y: readonly number[]): void => {
    for (let index = 0; index < x.length; index += 1)
      if (x[index] >= min && x[index] <= max && Number.isFinite(y[index])) found.push(y[index])
  }
  add(series.points.x, series.points.y)
  if (series.raw !== null) add(series.raw.x, series.raw.y)
  for (const single of series.singles ?? []) add(single.x, single.y)
  if (series.band !== undefined) {
    add(series.band.x, series.band.low)
    add(series.band.x, series.band.high)
  }
  return found
}

/** The greatest value after so many greater ones are left out. */
function topWithout(values: readonly number[], count: number): number {
  return Float64Array.from(values).sort()[values.length - 1 - count]
}

/**
 * Up to where the values go without outliers. In at most a quarter of the series, and in at least one, the highest
 * 2 % of the values may be left out, or the whole series, where they are far above everything else.
 */
function topWithoutOutliers(found: readonly Found[], low: number): number {
  const falling = [...found].sort((a, b) => b.max - a.max)
  const suspects = falling.slice(0, Math.max(1, Math.floor(found.length / 4)))
  const rest = falling.slice(suspects.length)
  const others = rest.length === 0 ? -Infinity : rest[0].max
  const highest = falling[0].max
  const factor = rest.length === 0 ? farAboveItself : farAbove
  // Nothing is sorted where nothing stands out.
  if (highest - low <= factor * (others - low)) return highest
  const tops = suspects.map(({ values, max }) => {
    if (max <= others) return max
    const few = values.length < fewest
    if (few && (rest.length === 0 || values.length < 3)) return max
    return topWithout(values, few ? 1 : Math.floor(values.length * leftOut))
  })
  const kept = rest.length === 0 ? tops : tops.filter((top) => top - low <= farAboveAll * (others - low))
  const top = Math.max(others, ...kept)
  return top > low && highest - low > factor * (top - low) ? top : highest
}

/** The range of what the series show; null without a value that has a place. */
export function valueRangeOf(series: readonly Series[], order: RangeOrder): ValueRange | null {
  const found: Found[] = []
  const withoutPlace: string[] = []
  for (const one of series) {
    const all = valuesIn(one, order.x)
    const values = order.logarithmic ? all.filter((value) => value > 0) : all
    if (values.length < all.length) withoutPlace.push(one.key)
    if (values.length === 0) continue
    let [min, max] = [Infinity, -Infinity]
    for (const value of values) {
      if (value < min) min = value
      if (value > max) max = value
    }
    found.push({ key: one.key, values, min, max })
  }
  if (found.length === 0) return null
  const min = Math.min(...found.map((one) => one.min))
  const highest = Math.max(...found.map((one) => one.max))
  const ignores = order.ignoreOutliers && !order.logarithmic
  // Heights are counted from 0, where most measures have their best value, or from the least.
  const max = ignores ? topWithoutOutliers(found, Math.min(0, min)) : highest
  return { min, max, highest, beyond: found.filter((one) => one.max > max).map(({ key }) => key), withoutPlace }
}
