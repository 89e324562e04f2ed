import type { RunSummary } from '../../core/run/run.ts'

/** The number of epochs in this many steps, as a fraction. */
export function epochsOf(run: Pick<RunSummary, 'config' | 'trainImages'>, step: number): number {
  return (step * run.config.batch) / run.trainImages
}

/** Share of the goal reached, 0 to 1. */
export function shareOf(run: Pick<RunSummary, 'step' | 'goal'>): number {
  return Math.min(1, run.step / run.goal)
}

/** Seconds of training, evaluation and waiting so far, without time in the queue. */
export function secondsUsed(run: Pick<RunSummary, 'trainingSeconds' | 'evaluationSeconds' | 'waitingSeconds'>): number {
  return run.trainingSeconds + run.evaluationSeconds + run.waitingSeconds
}

/**
 * Seconds until the goal at the current rate. Evaluations are included at their average cost so far. Null while no rate
 * is known.
 */
export function secondsLeft(run: RunSummary): number | null {
  if (run.imagesPerSecond === null || run.imagesPerSecond <= 0) return null
  const training = ((run.goal - run.step) * run.config.batch) / run.imagesPerSecond
  const evaluated = Math.floor(run.step / run.evaluateEvery)
  const ahead = Math.ceil(run.goal / run.evaluateEvery) - evaluated
  const evaluating = evaluated > 0 ? (run.evaluationSeconds / evaluated) * ahead : 0
  return Math.max(0, training + evaluating)
}

/**
 * The run that a page shows by default: the one in training, otherwise the newest that has begun, otherwise the newest.
 */
export function shownRun(runs: readonly RunSummary[]): RunSummary | null {
  const training = trainingRun(runs) ?? runs.find((run) => run.state === 'training')
  return training ?? runs.find((run) => run.state !== 'queued') ?? runs.at(0) ?? null
}

/** The run that this computer trains, or null. What trains on a cluster stands in nobody's way here. */
export function trainingRun(runs: readonly RunSummary[]): RunSummary | null {
  return runs.find((run) => run.state === 'training' && run.computer === null) ?? null
}
