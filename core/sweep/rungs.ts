import type { SweepPlan } from './sweepPlan.ts'

/**
 * The steps of each rung of a sweep, ascending; the last one is the goal. Without halving there is only that.
 */
export function rungsOf({ halving, base }: Pick<SweepPlan, 'halving' | 'base'>): readonly number[] {
  if (halving === null) return [base.goal]
  const rungs: number[] = []
  for (let steps = halving.firstSteps; steps < base.goal; steps *= halving.factor) rungs.push(steps)
  return [...rungs, base.goal]
}
