import type { RunConfig, RunSummary } from '../../core/run/run.ts'
import { secondsLeft, trainingRun } from './runFigures.ts'

/** What of the queue's time is known. */
export interface QueueTime {
  /** Seconds of what is known: the run in training and the queued ones that were measured. */
  readonly seconds: number
  /** Seconds of each queued run, by its id; null where nothing like it was measured. */
  readonly each: ReadonlyMap<number, number | null>
  /** The runs whose time is not known. */
  readonly unknown: readonly RunSummary[]
}

const keys = new WeakMap<RunConfig, string>()

/** What decides how long a step takes: the network with its image, the batch, and how images are distorted. */
function workOf(config: RunConfig): string {
  const known = keys.get(config)
  if (known !== undefined) return known
  const { model, batch, augmentation, optimizer } = config
  const key = JSON.stringify([model, batch, augmentation, optimizer.kind])
  keys.set(config, key)
  return key
}

/** The measured run whose steps are like those of this one, the newest first; null if there is none. */
function measuredLike(run: RunSummary, runs: readonly RunSummary[]): RunSummary | null {
  const work = workOf(run.config)
  const alike = runs.filter(
    (other) => other.imagesPerSecond !== null && other.imagesPerSecond > 0 && workOf(other.config) === work,
  )
  const { dataset } = run.config.data
  return alike.find(({ config }) => config.data.dataset === dataset) ?? alike.at(0) ?? null
}

/** From which step to which a queued run trains when its turn comes. */
export function stepsAhead({ continuation, checkpointStep, goal }: RunSummary): { from: number; to: number } {
  return continuation === null ? { from: 0, to: goal } : { from: checkpointStep ?? 0, to: continuation.goal }
}

/** Seconds of what a queued run has ahead of it, as one like it was measured on this computer; null if none was. */
function secondsOf(run: RunSummary, runs: readonly RunSummary[]): number | null {
  const like = measuredLike(run, runs)
  if (like === null || like.imagesPerSecond === null) return null
  const evaluations = Math.floor(like.step / like.evaluateEvery)
  const each = evaluations > 0 ? like.evaluationSeconds / evaluations : 0
  const { from, to } = stepsAhead(run)
  const ahead = Math.ceil(to / run.evaluateEvery) - Math.floor(from / run.evaluateEvery)
  return ((to - from) * run.config.batch) / like.imagesPerSecond + ahead * each
}

/**
 * How long the run in training and the queued ones take together. Only what was measured counts: of other runs nothing
 * is guessed.
 * @param queue The queued runs.
 * @param runs All runs that are known, newest first.
 */
export function queueTime(queue: readonly RunSummary[], runs: readonly RunSummary[]): QueueTime {
  const training = trainingRun(runs)
  const left = training === null ? 0 : secondsLeft(training)
  const each = new Map(queue.map((run) => [run.id, secondsOf(run, runs)]))
  const known = [...each.values()].reduce<number>((sum, seconds) => sum + (seconds ?? 0), left ?? 0)
  const unknown = [
    ...(training !== null && left === null ? [training] : []),
    ...queue.filter(({ id }) => each.get(id) === null),
  ]
  return { seconds: known, each, unknown }
}
