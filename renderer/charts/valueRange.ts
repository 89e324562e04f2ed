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

/**
 * The values of a series in a range of the x axis, with its raw curve and the lines that it is the mean of. A band is no
 * value: that of two repeats can be many times as high as all that was measured, and may leave the picture.
 */
function valuesIn(series: Series, { min, max }: XRange): number[] {
  const found: number[] = []
  const add = (x: readonly number[], y: readonly number[]): void => {
    for (let index = 0; index < x.length; index += 1)
      if (x[index] >= min && x[index] <= max && Number.isFinite(y[index])) found.push(y[index])
  }
  add(series.points.x, series.points.y)
  if (series.raw !== null) add(series.raw.x, series.raw.y)
  for (const single of series.singles ?? []) add(single.x, single.y)
  return found
}

/**
 * The greatest value of a series without the highest 2 % of them, or of few values without the highest.
 * @param alone Whether there is no other series to compare it with: then few values are all kept.
 */
function topWithout({ values, max }: Found, alone: boolean): number {
  const few = values.length < fewest
  if (few && (alone || values.length < 3)) return max
  const count = few ? 1 : Math.floor(values.length * leftOut)
  return Float64Array.from(values).sort()[values.length - 1 - count]
}

/**
 * Up to where the values go without outliers. At most a quarter of the series, and at least one, may be left out whole
 * where they are far above all others, and as many may lose their highest values where these are far above all else.
 * @param falling The series with the greatest maximum first; at least one.
 */
function topWithoutOutliers(falling: readonly Found[], low: number): number {
  const most = Math.max(1, Math.floor(falling.length / 4))
  let first = 0
  // Nothing is sorted where nothing stands out: the comparison of the maxima comes first.
  const stands = (at: number): boolean =>
    falling[at].max - low > farAboveAll * (falling[at + 1].max - low) &&
    topWithout(falling[at], false) - low > farAboveAll * (falling[at + 1].max - low)
  while (first < most && first + 1 < falling.length && stands(first)) first += 1
  const suspects = falling.slice(first, first + most)
  const others = falling.at(first + most)?.max ?? -Infinity
  const alone = suspects.length === 1 && others === -Infinity
  const factor = alone ? farAboveItself : farAbove
  const { max } = suspects[0]
  if (max - low <= factor * (others - low)) return max
  const top = Math.max(others, ...suspects.map((one) => (one.max <= others ? one.max : topWithout(one, alone))))
  return top > low && max - low > factor * (top - low) ? top : max
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
  const max = ignores
    ? topWithoutOutliers(
        [...found].sort((a, b) => b.max - a.max),
        Math.min(0, min),
      )
    : highest
  return { min, max, highest, beyond: found.filter((one) => one.max > max).map(({ key }) => key), withoutPlace }
}
