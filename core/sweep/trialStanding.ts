import { isBrokenOff } from './brokenOff.ts'
import type { RankedPoint } from './rankedPoints.ts'
import { rungsOf } from './rungs.ts'
import { placeOfTrial } from './sweepPoints.ts'
import type { SweepPlan } from './sweepPlan.ts'
import type { TrialProgress } from './sweepTrial.ts'

/**
 * Where a trial stands. `training`: it trains or is about to; `waiting`: it has done its rung and may still be raised;
 * `finished`: it has reached the full goal; `early`: halving ended it at a rung; `held`: it was broken off and goes on
 * with the sweep; `stopped`: a person or the end of the time stopped it; `failed`: it went wrong, its run says how.
 */
export type Standing = 'training' | 'waiting' | 'finished' | 'early' | 'held' | 'stopped' | 'failed'

/** The highest rung that a trial has been told to reach, from 0 on. */
export function rungOf(plan: SweepPlan, { goal }: Pick<TrialProgress, 'goal'>): number {
  if (plan.halving === null) return 0
  return Math.max(
    0,
    rungsOf(plan).findLastIndex((steps) => goal >= steps),
  )
}

/**
 * Where a trial stands, with the place of its point among those that have been through its rung.
 * @param ranked The points at each rung, the best first.
 * @param isOver Whether the sweep has ended, so that nothing is raised any more.
 */
export function standingOf(
  plan: SweepPlan,
  progress: TrialProgress,
  ranked: readonly (readonly RankedPoint[])[],
  isOver: boolean,
): { readonly standing: Standing; readonly rung: number; readonly place: number | null; readonly among: number } {
  const rung = rungOf(plan, progress)
  const points = ranked[rung]
  const { point } = placeOfTrial(plan, progress.trial)
  const place = points.find((one) => one.point === point)?.place ?? null
  const isLast = rung === rungsOf(plan).length - 1
  const standing = ((): Standing => {
    if (progress.state === 'training' || progress.state === 'queued') return 'training'
    if (isBrokenOff(progress)) return isOver ? 'stopped' : 'held'
    if (progress.state === 'stopped') return 'stopped'
    if (progress.state !== 'done') return 'failed'
    if (isLast) return 'finished'
    return isOver ? 'early' : 'waiting'
  })()
  return { standing, rung, place, among: points.length }
}
