import { meanOf, reachOf, varianceOf, type Interval } from './sample.ts'
import { studentTwoSided } from './studentT.ts'

/** Below this a difference is called more than chance. */
export const significance = 0.05

/** Welch's test of whether two samples have one mean. */
export interface WelchTest {
  readonly kind: 'tested'
  /** The second mean less the first. */
  readonly difference: number
  /** 95 % confidence interval of that difference. */
  readonly interval: Interval
  /** The difference in standard errors. */
  readonly t: number
  /** Degrees of freedom by Welch and Satterthwaite; not whole. */
  readonly freedom: number
  /** Probability of a difference at least this large, either way, if both means are equal. */
  readonly p: number
}

/** `few`: a sample has fewer than two values. `no-spread`: all values of both are equal, so nothing says how far they scatter. */
export type Welch = WelchTest | { readonly kind: 'few' | 'no-spread' }

/**
 * Compares the means of two samples that need not scatter alike (Welch 1947), with the degrees of freedom of
 * Satterthwaite (1946).
 * @param first finite
 * @param second finite
 */
export function welchTest(first: readonly number[], second: readonly number[]): Welch {
  if (first.length < 2 || second.length < 2) return { kind: 'few' }
  const [one, other] = [first, second].map((values) => varianceOf(values) / values.length)
  const error = Math.sqrt(one + other)
  if (error === 0) return { kind: 'no-spread' }
  // Shares of the squared error, so that tiny variances do not vanish when they are squared.
  const [share, rest] = [one / (one + other), other / (one + other)]
  const freedom = 1 / (share ** 2 / (first.length - 1) + rest ** 2 / (second.length - 1))
  const difference = meanOf(second) - meanOf(first)
  const half = reachOf(freedom) * error
  const t = difference / error
  return {
    kind: 'tested',
    difference,
    interval: { low: difference - half, high: difference + half },
    t,
    freedom,
    p: studentTwoSided(t, freedom),
  }
}
