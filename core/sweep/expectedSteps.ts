import { rungsOf } from './rungs.ts'
import { runCount } from './sweepPoints.ts'
import type { SweepPlan } from './sweepPlan.ts'

/**
 * About how many steps all runs of a plan make together. With halving 1 of `factor` goes on from each rung; as it
 * decides before all results are there, it may raise a few more.
 */
export function expectedSteps(plan: SweepPlan): number {
  const runs = runCount(plan)
  const { halving } = plan
  if (halving === null) return runs * plan.base.goal
  return rungsOf(plan).reduce(
    (sum, steps, rung, rungs) => sum + Math.floor(runs / halving.factor ** rung) * (steps - (rungs[rung - 1] ?? 0)),
    0,
  )
}
