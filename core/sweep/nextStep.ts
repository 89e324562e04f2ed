import { isBrokenOff } from './brokenOff.ts'
import { rankedPoints, trialsOfPoint } from './rankedPoints.ts'
import { rungsOf } from './rungs.ts'
import { pointCount, runCount } from './sweepPoints.ts'
import type { SweepPlan } from './sweepPlan.ts'
import type { SweepProgress } from './sweepTrial.ts'

/** Why a sweep has nothing left to do: everything is done, or the runs or the time of its budget are used up. */
export type SweepEnd = 'complete' | 'runs' | 'minutes'

/** What a sweep does next. */
export type NextStep =
  /** A run of it trains, or waits in the queue because a person put it there. */
  | { readonly kind: 'wait' }
  /** Goal null: that of the trial's own request. */
  | { readonly kind: 'begin'; readonly trial: number; readonly goal: number | null }
  /** A run that is at rest goes on: to the goal that it has, or to that of a higher rung. */
  | { readonly kind: 'go-on'; readonly trial: number; readonly run: number; readonly goal: number }
  | { readonly kind: 'end'; readonly because: SweepEnd }

/** Training seconds of all runs of a sweep. */
export function secondsOf({ trials }: SweepProgress): number {
  return [...trials.values()].reduce((sum, { trainingSeconds }) => sum + trainingSeconds, 0)
}

/**
 * The trial that is raised to a higher rung next; null where none is. A point whose runs are partly raised comes
 * first, then the best of the highest rung that has one among its best 1 of `factor` which was not raised yet.
 */
function raisedTrial(plan: SweepPlan, progress: SweepProgress): NextStep | null {
  if (plan.halving === null) return null
  const rungs = rungsOf(plan)
  const { trials } = progress
  const waiting = (point: number, steps: number): NextStep | null => {
    for (const trial of trialsOfPoint(plan, point)) {
      const run = trials.get(trial)
      if (run?.state === 'done' && run.goal < steps) return { kind: 'go-on', trial, run: run.run, goal: steps }
    }
    return null
  }
  const isRaised = (point: number, steps: number): boolean =>
    trialsOfPoint(plan, point).some((trial) => (trials.get(trial)?.goal ?? 0) >= steps)
  for (let rung = rungs.length - 2; rung >= 0; rung -= 1) {
    const ranked = rankedPoints(plan, progress, rung)
    const next = rungs[rung + 1]
    const begun = ranked.filter(({ point }) => isRaised(point, next))
    const best = ranked
      .slice(0, Math.floor(ranked.length / plan.halving.factor))
      .filter(({ point, accuracy }) => accuracy !== null && !isRaised(point, next))
    for (const { point } of [...begun, ...best]) {
      const step = waiting(point, next)
      if (step !== null) return step
    }
  }
  return null
}

/**
 * What comes next in a sweep: a pure function of its plan and the results so far, so that a sweep goes on after any
 * interruption as it would have without. In this order: wait for a run that trains; end where the time is used up;
 * continue what was broken off; raise the best of a rung to the next one; begin the next trial; end.
 */
export function nextStep(plan: SweepPlan, progress: SweepProgress): NextStep {
  const { trials, begun } = progress
  const { minutes, runs } = plan.budget
  const all = [...trials.values()]
  if (all.some(({ state }) => state === 'training' || state === 'queued')) return { kind: 'wait' }
  if (minutes !== null && secondsOf(progress) >= minutes * 60) return { kind: 'end', because: 'minutes' }
  const broken = all.filter(isBrokenOff).sort((one, other) => one.trial - other.trial)
  if (broken.length > 0) {
    const [{ trial, run, goal }] = broken
    return { kind: 'go-on', trial, run, goal }
  }
  const raised = raisedTrial(plan, progress)
  if (raised !== null) return raised
  if (begun < runCount(plan)) return { kind: 'begin', trial: begun, goal: plan.halving?.firstSteps ?? null }
  return { kind: 'end', because: runs !== null && runs < pointCount(plan) * plan.seeds ? 'runs' : 'complete' }
}
