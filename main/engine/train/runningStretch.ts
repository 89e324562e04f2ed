import { setImmediate as eventLoopTurn } from 'node:timers/promises'
import type { TrainEvent, TrainOrder } from '../../../core/contract/engineContract.ts'
import { refuse } from '../../../core/words/problems.ts'
import { chosenAccuracy, type Checkpoint } from '../../../core/run/run.ts'
import { firstNotFinite, type Snapshot } from '../checkpoint/checkpointFile.ts'
import type { CheckpointWriter } from '../checkpoint/checkpointWriter.ts'
import { testMeasurement, validationMeasurement, type Measurement } from './evaluate.ts'
import type { Laps } from './laps.ts'
import type { RunData } from '../feed/preparedData.ts'
import type { NetworkSession } from './session.ts'
import { StepLog, Throttle } from './stepLog.ts'

/** How a run in training is asked to hold; read between steps. */
export interface HoldRequest {
  readonly as: 'paused' | 'stopped' | null
}

/** What a stretch works with. */
export interface RunningStretchTools {
  readonly session: NetworkSession
  readonly data: RunData
  /** Training images that are held out for validation; none where the length is 0. */
  readonly heldOut: Uint32Array
  readonly writer: CheckpointWriter
  /** The time of this stretch. */
  readonly laps: Laps
  readonly hold: HoldRequest
  readonly signal: AbortSignal
}

/** The part of a run that is being trained: where it stands, its checkpoints and its evaluations. */
export class RunningStretch {
  step: number
  /** Since step 0, without loading, evaluations and checkpoints. */
  trainingSeconds: number
  /** Whether the test set was measured at `step`. */
  measured: boolean
  /** Whether the evaluation that was just made was one too many without a better one. */
  exhausted = false
  readonly #log = new StepLog()
  readonly #tell = new Throttle()
  /** Step of the newest checkpoint, which may be being written; -1 before the first. */
  #saved: number
  /** Accuracy of the best evaluation, and how many have come after it. */
  #best: number | null
  #sinceBest: number
  readonly #order: TrainOrder
  readonly #tools: RunningStretchTools

  constructor(order: TrainOrder, from: Snapshot, tools: RunningStretchTools) {
    this.step = from.step
    this.trainingSeconds = from.trainingSeconds
    this.measured = order.from !== null && order.evaluated
    this.#saved = order.from === null ? -1 : from.step
    this.#best = order.bestAccuracy
    this.#sinceBest = order.evaluationsSinceBest
    this.#order = order
    this.#tools = tools
  }

  /** How it was asked to hold, from outside or by its order. */
  get heldAs(): HoldRequest['as'] {
    return (
      this.#tools.hold.as ?? (this.#order.pauseAfter !== null && this.step >= this.#order.pauseAfter ? 'paused' : null)
    )
  }

  /** Whether to end here: someone asked for it, or nobody listens any more. */
  get held(): boolean {
    return this.heldAs !== null || this.#tools.signal.aborted
  }

  get evaluationDue(): boolean {
    return (
      !this.measured && this.step > 0 && (this.step % this.#order.evaluateEvery === 0 || this.step >= this.#order.goal)
    )
  }

  get checkpointDue(): boolean {
    return this.step % this.#order.checkpointEvery === 0 || this.step >= this.#order.goal
  }

  /**
   * Takes note of a step that has just been computed.
   * @throws LabError `loss-not-finite`; the step is not told, and its time counts as waiting.
   */
  add(loss: number, accuracy: number): void {
    if (!Number.isFinite(loss)) this.#refuseLoss(loss, this.step + 1)
    this.step += 1
    this.trainingSeconds += this.#tools.laps.took('training')
    this.measured = false
    this.#log.add(this.step, loss, accuracy, this.trainingSeconds)
  }

  /**
   * Tells the steps if the last telling is long enough ago, and the checkpoint that has been written meanwhile.
   * @throws LabError `disk-full` or `write-failed`
   */
  *tell(): Generator<TrainEvent> {
    if (this.#tell.isDue(performance.now())) yield* this.tellAllSteps()
    yield* this.#tools.writer.tell()
  }

  /** Tells all steps that were not told yet. */
  *tellAllSteps(): Generator<TrainEvent> {
    yield* this.#log.take(this.#tools.laps.seconds.waiting)
  }

  /**
   * Copies the variables of this step and begins to write them as a checkpoint, if there is none of it yet; waits only
   * for an earlier one that is still being written.
   * @throws LabError `weights-not-finite`, and `disk-full` or `write-failed` for an earlier one.
   */
  async *save(reason: Checkpoint['reason']): AsyncGenerator<TrainEvent> {
    yield* this.tellAllSteps()
    if (this.#saved === this.step || this.#tools.signal.aborted) return
    yield* this.settle()
    const { session, writer } = this.#tools
    const variables = session.readVariables(writer.room)
    // The loss of a step is that of the weights before it: a last bad update shows only here.
    if (firstNotFinite(variables) !== null) refuse('weights-not-finite', { step: this.step, checkpoint: this.#saved })
    const { step, trainingSeconds } = this
    writer.begin({ step, trainingSeconds, variables }, reason)
    this.#saved = step
  }

  /**
   * Waits for the checkpoint that is being written, and tells it.
   * @throws LabError `disk-full` or `write-failed`; nothing was written.
   */
  async *settle(): AsyncGenerator<TrainEvent> {
    const { writer, signal } = this.#tools
    await writer.settled()
    if (!signal.aborted) yield* writer.tell()
  }

  /**
   * Measures the whole test set, and the images held out for validation if there are any, and saves a checkpoint when
   * it is the best so far. A hold ends it at once; then nothing is told, and whoever continues from here measures
   * again.
   * @throws LabError `loss-not-finite`, or as `save` does.
   */
  async *evaluate(): AsyncGenerator<TrainEvent> {
    yield* this.tellAllSteps()
    const { session, data, heldOut, laps } = this.#tools
    laps.took('waiting')
    const test = testMeasurement(session, this.#order.config, data)
    const validation = heldOut.length === 0 ? null : validationMeasurement(session, this.#order.config, data, heldOut)
    const measurements = [test, ...(validation === null ? [] : [validation])]
    try {
      yield* this.#measure(measurements)
    } finally {
      for (const measurement of measurements) measurement.close()
    }
    if (measurements.some(({ done, total }) => done < total)) return
    const evaluation = {
      step: this.step,
      ...test.result(),
      validation: validation === null ? null : validation.result(),
    }
    for (const { loss } of [evaluation, evaluation.validation ?? evaluation])
      if (!Number.isFinite(loss)) this.#refuseLoss(loss, this.step)
    this.measured = true
    yield { kind: 'evaluated', evaluation, evaluationSeconds: laps.took('evaluation') }
    const accuracy = chosenAccuracy(evaluation)
    const better = this.#best === null || accuracy > this.#best
    this.#sinceBest = better ? 0 : this.#sinceBest + 1
    const { patience } = this.#order
    // A multiple: a run that ended so and was continued on purpose gets as many evaluations again.
    this.exhausted = patience !== null && this.#sinceBest > 0 && this.#sinceBest % patience === 0
    if (better) {
      this.#best = accuracy
      yield* this.save('best')
    }
  }

  async *#measure(measurements: readonly Measurement[]): AsyncGenerator<TrainEvent> {
    const progress = new Throttle()
    const total = measurements.reduce((sum, one) => sum + one.total, 0)
    for (const measurement of measurements) {
      while (measurement.done < measurement.total) {
        if (this.held) return
        if (progress.isDue(performance.now()))
          yield { kind: 'evaluating', done: measurements.reduce((sum, one) => sum + one.done, 0), total }
        measurement.measureNext()
        // Waits one turn of the event loop, so that a hold is heard.
        await eventLoopTurn()
      }
    }
  }

  #refuseLoss(loss: number, step: number): never {
    return refuse('loss-not-finite', { value: String(loss), step, checkpoint: this.#saved })
  }
}
