/** The choices a chart offers: the weight of the past at each step. 0 means no smoothing. */
export const smoothings = [0, 0.6, 0.9, 0.97] as const
export type Smoothing = (typeof smoothings)[number]

/** The default for a run of this many steps. The line should not jitter in a long run, nor lag in a short one. */
export function smoothingFor(steps: number): Smoothing {
  if (steps >= 1500) return 0.97
  return steps >= 200 ? 0.9 : 0.6
}

/**
 * Exponential moving average without the bias towards its start (Kingma & Ba 2015, section 3):
 * with weight `w` the past keeps `w` each step, and the sum of weights so far divides it out.
 * A point that stands for n steps counts as n equal ones, so the line is the same at every resolution.
 * @param steps last step of each point, ascending
 * @param values mean over the steps of each point
 */
export function smoothed(steps: readonly number[], values: readonly number[], weight: number): number[] {
  if (weight === 0) return [...values]
  let sum = 0
  let weights = 0
  let before = steps.length > 1 ? steps[0] - (steps[1] - steps[0]) : 0
  return values.map((value, index) => {
    const kept = weight ** Math.max(1, steps[index] - before)
    before = steps[index]
    sum = sum * kept + value * (1 - kept)
    weights = weights * kept + (1 - kept)
    return sum / weights
  })
}
