import type { TrainEvent } from '../../../core/contract/engineContract.ts'
import { LabError } from '../../../core/words/problems.ts'
import type { Checkpoint, EngineIdentity, RunConfig } from '../../../core/run/run.ts'
import type { Snapshot } from './checkpointFile.ts'
import type { CheckpointAnswer } from './checkpointOrder.ts'
import { checkpointThread } from './checkpointThread.ts'

type CheckpointEvent = Extract<TrainEvent, { kind: 'checkpoint' }>

/** Writes the checkpoints of a run in a worker thread, one at a time, while training goes on. */
export class CheckpointWriter {
  /**
   * Memory for the variables of the next snapshot. Undefined while a checkpoint is being written, and before any memory
   * was provided.
   */
  room: Snapshot['variables'] | undefined
  readonly #folder: string
  readonly #config: RunConfig
  readonly #engine: EngineIdentity
  /** Resolves when the current write has succeeded or failed; never rejects. */
  #writing: Promise<void> = Promise.resolve()
  #written: CheckpointEvent[] = []
  #failure: { readonly thrown: unknown } | null = null

  /** Starts the writer thread, if it is not running yet. Does not wait for it. */
  constructor(folder: string, config: RunConfig, engine: EngineIdentity) {
    this.#folder = folder
    this.#config = config
    this.#engine = engine
    checkpointThread()
  }

  /** Starts a write. The one before must have settled. The snapshot's variables belong to the writer from now on. */
  begin(snapshot: Snapshot, reason: Checkpoint['reason']): void {
    const { trainingSeconds } = snapshot
    this.room = undefined
    this.#writing = checkpointThread()
      .write({ folder: this.#folder, snapshot, config: this.#config, engine: this.#engine, reason })
      .then(
        (answer) => this.#take(answer, trainingSeconds),
        (thrown: unknown) => {
          this.#failure = { thrown }
        },
      )
  }

  /** Waits until nothing is being written. */
  async settled(): Promise<void> {
    await this.#writing
  }

  /**
   * Reports what has been written since the last report.
   * @throws LabError `disk-full` or `write-failed`, once, when a file could not be written; no part of it is left.
   */
  *tell(): Generator<CheckpointEvent> {
    yield* this.#written.splice(0)
    if (this.#failure === null) return
    const { thrown } = this.#failure
    this.#failure = null
    throw thrown
  }

  #take({ outcome, variables }: CheckpointAnswer, trainingSeconds: number): void {
    this.room = variables
    if ('problem' in outcome) this.#failure = { thrown: new LabError(outcome.problem) }
    else this.#written.push({ kind: 'checkpoint', checkpoint: outcome.checkpoint, trainingSeconds })
  }
}
