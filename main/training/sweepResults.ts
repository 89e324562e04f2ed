import { rankedPoints } from '../../core/sweep/rankedPoints.ts'
import { rungsOf } from '../../core/sweep/rungs.ts'
import type { SweepDetail, SweepSummary, SweepTrial } from '../../core/sweep/sweep.ts'
import { placeOfTrial, pointValues, seedOfTrial } from '../../core/sweep/sweepPoints.ts'
import type { SweepProgress, TrialProgress } from '../../core/sweep/sweepTrial.ts'
import { standingOf } from '../../core/sweep/trialStanding.ts'
import type { StoredSweep, StoredTrial } from '../history/sweeps.ts'

/** How far the run of a trial has come; null where it has none. */
function progressOfTrial({ trial, run, problem }: StoredTrial): TrialProgress | null {
  if (run === null) return null
  const { id, ...others } = run
  return { trial, run: id, problem: problem?.code ?? null, ...others }
}

/** What the next step of a sweep is decided by. */
export function progressOf(trials: readonly StoredTrial[]): SweepProgress {
  return {
    begun: trials.length,
    trials: new Map(
      trials.flatMap((trial) => {
        const progress = progressOfTrial(trial)
        return progress === null ? [] : [[trial.trial, progress]]
      }),
    ),
  }
}

/** A sweep as lists show it. */
export function summaryOf({ id, cluster, ...sweep }: StoredSweep, trials: readonly StoredTrial[]): SweepSummary {
  let best: SweepSummary['best'] = null
  let [seconds, steps, rested] = [0, 0, 0]
  let training: number | null = null
  for (const { run } of trials) {
    if (run === null || (run.state !== 'training' && run.state !== 'queued')) rested += 1
    if (run === null) continue
    seconds += run.trainingSeconds
    steps += run.step
    if (run.state === 'training') training = run.id
    if (run.best !== null && run.best.accuracy > (best?.accuracy ?? -1))
      best = { run: run.id, accuracy: run.best.accuracy }
  }
  return { id, ...sweep, begun: trials.length, rested, training, seconds, steps, best, cluster: cluster?.place ?? null }
}

/** A sweep with all trials that were begun. */
export function detailOf(sweep: StoredSweep, stored: readonly StoredTrial[]): SweepDetail {
  const { plan, state } = sweep
  const rungs = rungsOf(plan)
  const progress = progressOf(stored)
  const ranked = rungs.map((_, rung) => rankedPoints(plan, progress, rung))
  const isOver = state === 'done' || state === 'cancelled'
  const trials = stored.map((one): SweepTrial => {
    const { trial, run, problem } = one
    const { point } = placeOfTrial(plan, trial)
    const known = progressOfTrial(one)
    const stands =
      known === null
        ? { standing: problem === null ? ('gone' as const) : ('failed' as const), rung: 0, place: null, among: 0 }
        : standingOf(plan, known, ranked, isOver)
    return {
      trial,
      point,
      seed: seedOfTrial(plan, trial),
      values: [...pointValues(plan, point).values()],
      run: run?.id ?? null,
      state: run?.state ?? null,
      problem,
      ...stands,
      rungSteps: plan.halving === null ? (run?.goal ?? rungs[0]) : rungs[stands.rung],
      step: run?.step ?? 0,
      goal: run?.goal ?? 0,
      seconds: run?.trainingSeconds ?? 0,
      best: run?.best ?? null,
      last: run?.last ?? null,
      firstRung: run?.accuracies.get(rungs[0]) ?? null,
    }
  })
  return { sweep: summaryOf(sweep, stored), trials }
}
