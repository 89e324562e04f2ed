import { rungsOf } from './rungs.ts'
import type { MeasuredPoint } from './settingEffects.ts'
import type { SweepTrial } from './sweep.ts'
import type { SweepPlan } from './sweepPlan.ts'

/** A result of a trial that settings are held against. */
export const sweepResults = ['accuracy', 'best', 'loss', 'seconds'] as const
export type SweepResult = (typeof sweepResults)[number]

/** Whether a result is the better the larger it is. */
export function isLargerBetter(result: SweepResult): boolean {
  return result === 'accuracy' || result === 'best'
}

/**
 * A result of a trial; null where it has none. `accuracy`: at its end, or with halving after the first rung, where all
 * trials have made equally many steps; `best` and `loss`: of its best and last evaluation; `seconds`: of training.
 */
export function resultOf(plan: Pick<SweepPlan, 'halving'>, trial: SweepTrial, result: SweepResult): number | null {
  switch (result) {
    case 'accuracy':
      if (plan.halving !== null) return trial.firstRung
      return trial.standing === 'finished' ? (trial.last?.accuracy ?? null) : null
    case 'best':
      return trial.best?.accuracy ?? null
    case 'loss':
      return trial.last?.loss ?? null
    case 'seconds':
      return trial.step > 0 ? trial.seconds : null
  }
}

/**
 * The points of a sweep that can be compared, with the mean accuracy of their runs after equally many steps of the
 * first rung, or at the goal without halving. A point of which a run has none is left out.
 */
export function measuredPoints(plan: SweepPlan, trials: readonly SweepTrial[]): MeasuredPoint[] {
  const points = new Map<number, SweepTrial[]>()
  for (const trial of trials) points.set(trial.point, [...(points.get(trial.point) ?? []), trial])
  return [...points.values()].flatMap((runs) => {
    const results = runs.flatMap((run) => resultOf(plan, run, 'accuracy') ?? [])
    if (results.length < runs.length) return []
    return [{ values: runs[0].values, result: results.reduce((sum, one) => sum + one, 0) / results.length }]
  })
}

/** Steps after which the trials of a sweep are compared. */
export function comparedSteps(plan: SweepPlan): number {
  return rungsOf(plan)[0]
}
