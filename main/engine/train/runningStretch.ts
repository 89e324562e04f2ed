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

/** A request to hold a training run; read between steps. */
export interface HoldRequest {
  readonly as: 'paused' | 'stopped' | null
}

/** What a stretch needs to train. */
export interface RunningStretchTools {
  readonly session: NetworkSession
  readonly data: RunData
  /** Training images held out for validation; empty when there is no validation. */
  readonly heldOut: Uint32Array
  readonly writer: CheckpointWriter
  /** Measures the time of this stretch. */
  readonly laps: Laps
  readonly hold: HoldRequest
  readonly signal: AbortSignal
}

/** The part of a run that is being trained now: its progress, its checkpoints and its evaluations. */
export class RunningStretch {
  step: number
  /** Seconds since step 0, without loading, evaluations and checkpoints. */
  trainingSeconds: number
  /** Whether the evaluation at `step` has been made. */
  measured: boolean
  /** Whether early stopping applies: the last evaluation used up the patience without a better one. */
  exhausted = false
  readonly #log = new StepLog()
  readonly #tell = new Throttle()
  /** Step of the newest checkpoint, which may still be being written; -1 before the first. */
  #saved: number
  /** Accuracy of the best evaluation, and the number of evaluations since. */
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

  /** The hold in force, whether requested from outside or by the order. */
  get heldAs(): HoldRequest['as'] {
    return (
      this.#tools.hold.as ?? (this.#order.pauseAfter !== null && this.step >= this.#order.pauseAfter ? 'paused' : null)
    )
  }

  /** Whether to end here: a hold was requested, or nobody listens any more. */
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
   * Records a step that has just been computed.
   * @throws LabError `loss-not-finite`. The step is not reported then, and its time counts as waiting.
   */
  add(loss: number, accuracy: number): void {
    if (!Number.isFinite(loss)) this.#refuseLoss(loss, this.step + 1)
    this.step += 1
    this.trainingSeconds += this.#tools.laps.took('training')
    this.measured = false
    this.#log.add(this.step, loss, accuracy, this.trainingSeconds)
  }

  /**
   * Reports new steps if the last report is long enough ago, and any checkpoint written since.
   * @throws LabError `disk-full` or `write-failed`
   */
  *tell(): Generator<TrainEvent> {
    if (this.#tell.isDue(performance.now())) yield* this.tellAllSteps()
    yield* this.#tools.writer.tell()
  }

  /** Reports all steps that have not been reported yet. */
  *tellAllSteps(): Generator<TrainEvent> {
    yield* this.#log.take(this.#tools.laps.seconds.waiting)
  }

  /**
   * Copies the variables of this step and starts writing them as a checkpoint, unless this step already has one. Waits
   * only for an earlier checkpoint that is still being written.
   * @throws LabError `weights-not-finite`, and `disk-full` or `write-failed` for an earlier one.
   */
  async *save(reason: Checkpoint['reason']): AsyncGenerator<TrainEvent> {
    yield* this.tellAllSteps()
    if (this.#saved === this.step || this.#tools.signal.aborted) return
    yield* this.settle()
    const { session, writer } = this.#tools
    const variables = session.readVariables(writer.room)
    // The loss of a step is computed before its update, so a bad last update shows only in the weights.
    if (firstNotFinite(variables) !== null) refuse('weights-not-finite', { step: this.step, checkpoint: this.#saved })
    const { step, trainingSeconds } = this
    writer.begin({ step, trainingSeconds, variables }, reason)
    this.#saved = step
  }

  /**
   * Waits for the checkpoint that is being written, and reports it.
   * @throws LabError `disk-full` or `write-failed`; nothing was written.
   */
  async *settle(): AsyncGenerator<TrainEvent> {
    const { writer, signal } = this.#tools
    await writer.settled()
    if (!signal.aborted) yield* writer.tell()
  }

  /**
   * Evaluates the whole test set and, if there are any, the images held out for validation. Saves a checkpoint when the
   * result is the best so far. A hold ends the evaluation at once. Nothing is reported then, and the evaluation is
   * repeated when the run continues.
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
    // A multiple, so that a run which ended this way and is continued on purpose gets as many evaluations again.
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
        // Yields one turn of the event loop, so that a hold is noticed.
        await eventLoopTurn()
      }
    }
  }

  #refuseLoss(loss: number, step: number): never {
    return refuse('loss-not-finite', { value: String(loss), step, checkpoint: this.#saved })
  }
}
