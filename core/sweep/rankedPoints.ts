import { rungsOf } from './rungs.ts'
import { runCount } from './sweepPoints.ts'
import type { SweepPlan } from './sweepPlan.ts'
import type { SweepProgress, TrialProgress } from './sweepTrial.ts'
import { isBrokenOff } from './brokenOff.ts'

/** A point of a sweep at a rung, once all its runs have been through it. */
export interface RankedPoint {
  readonly point: number
  /** Mean accuracy of its runs after the steps of the rung; null where one of them has none: it failed, or is gone. */
  readonly accuracy: number | null
  /** Place among the points at this rung, 1 for the best. */
  readonly place: number
}

/** The trials of a point, those beyond the budget left out. */
export function trialsOfPoint(plan: SweepPlan, point: number): number[] {
  const first = point * plan.seeds
  const after = Math.min(first + plan.seeds, runCount(plan))
  return Array.from({ length: Math.max(0, after - first) }, (_, repeat) => first + repeat)
}

/** Whether a trial has nothing more to do up to so many steps; one whose run is gone never will. */
function isThrough(trial: TrialProgress | undefined, steps: number): boolean {
  if (trial === undefined || trial.accuracies.has(steps)) return true
  return trial.goal >= steps && trial.state !== 'training' && trial.state !== 'queued' && !isBrokenOff(trial)
}

/**
 * The points that have been through a rung, the best first. Points without an accuracy come last; among equals the
 * earlier point.
 * @param rung From 0 on.
 */
export function rankedPoints(plan: SweepPlan, { trials, begun }: SweepProgress, rung: number): RankedPoint[] {
  const rungs = rungsOf(plan)
  const steps = rungs[rung]
  const count = Math.ceil(begun / plan.seeds)
  const through: { point: number; accuracy: number | null }[] = []
  for (let point = 0; point < count; point += 1) {
    const numbers = trialsOfPoint(plan, point)
    if (numbers.some((trial) => trial >= begun || !isThrough(trials.get(trial), steps))) continue
    const runs = numbers.map((trial) => trials.get(trial))
    // A run that failed at a lower rung was never here.
    if (rung > 0 && runs.every((run) => run === undefined || run.goal < steps)) continue
    const accuracies = runs.flatMap((run) => run?.accuracies.get(steps) ?? [])
    const isWhole = accuracies.length === numbers.length
    through.push({
      point,
      accuracy: isWhole ? accuracies.reduce((sum, one) => sum + one, 0) / accuracies.length : null,
    })
  }
  return through
    .sort((one, other) => (other.accuracy ?? -1) - (one.accuracy ?? -1) || one.point - other.point)
    .map((ranked, index) => ({ ...ranked, place: index + 1 }))
}
