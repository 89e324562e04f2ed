import { studentQuantile } from './studentT.ts'

/** Where a value lies with a stated confidence. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/** Measured values of one kind, such as the best accuracies of repeats. */
export interface Sample {
  readonly count: number
  readonly mean: number
  /** Sample standard deviation, with count - 1 in the denominator; null for a single value, which has none. */
  readonly deviation: number | null
  /** 95 % confidence interval of the mean by Student's t; null for a single value. */
  readonly interval: Interval | null
}

/** The confidence of all intervals of means and of their differences. */
export const confidence = 0.95

/** With fewer values a deviation is itself known to no better than a third, so intervals and tests are rough. */
export const fewValues = 5

/** The mean, with the rounding of the sum taken out again. */
export function meanOf(values: readonly number[]): number {
  // Loops, because charts take the mean of every point of their curves.
  let sum = 0
  for (const value of values) sum += value
  const about = sum / values.length
  let rest = 0
  for (const value of values) rest += value - about
  return about + rest / values.length
}

/** Variance of a sample of two or more values, from deviations and not from squares, so that no digits are lost. */
export function varianceOf(values: readonly number[]): number {
  if (values.every((value) => value === values[0])) return 0
  const mean = meanOf(values)
  let squares = 0
  for (const value of values) squares += (value - mean) ** 2
  return squares / (values.length - 1)
}

/** How far a two-sided interval reaches from its middle, in standard errors. */
export function reachOf(freedom: number): number {
  return studentQuantile((1 + confidence) / 2, freedom)
}

/**
 * Mean, deviation and interval of the values.
 * @param values finite
 * @throws RangeError without a value, or for one that is not finite
 */
export function sampleOf(values: readonly number[]): Sample {
  if (values.length === 0 || !values.every(Number.isFinite))
    throw new RangeError('A sample is made of finite numbers, at least one.')
  const [count, mean] = [values.length, meanOf(values)]
  if (count === 1) return { count, mean, deviation: null, interval: null }
  const deviation = Math.sqrt(varianceOf(values))
  const half = (reachOf(count - 1) * deviation) / Math.sqrt(count)
  return { count, mean, deviation, interval: { low: mean - half, high: mean + half } }
}
