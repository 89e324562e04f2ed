/** A figure measured several times. */
export interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
}

function sorted(values: readonly number[]): number[] {
  return [...values].sort((a, b) => a - b)
}

/**
 * The middle value; of an even number the mean of the two middle ones.
 * @throws Error when there is none.
 */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('nothing was measured')
  const ordered = sorted(values)
  const half = Math.floor(ordered.length / 2)
  return ordered.length % 2 === 1 ? ordered[half] : (ordered[half - 1] + ordered[half]) / 2
}

/** Median, smallest and largest. */
export function spreadOf(values: readonly number[]): Spread {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) }
}

/**
 * The smallest value that at least `share` of all values do not exceed (nearest rank).
 * @param share Above 0, at most 1: 0.99 for p99.
 */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new Error('nothing was measured')
  return sorted(values)[Math.ceil(share * values.length) - 1]
}

/**
 * How many times `ours` is `theirs`, round by round: both were measured in turns, so what slows a round down slows
 * both.
 */
export function ratiosOf(ours: readonly number[], theirs: readonly number[]): number[] {
  if (ours.length !== theirs.length) throw new Error(`${ours.length} rounds do not match ${theirs.length}`)
  return ours.map((value, round) => value / theirs[round])
}

/** Medians of the first and of the last quarter of what was sampled over a run. */
export function quarterMedians(samples: readonly number[]): { readonly first: number; readonly last: number } {
  const quarter = Math.max(1, Math.floor(samples.length / 4))
  return { first: median(samples.slice(0, quarter)), last: median(samples.slice(-quarter)) }
}
