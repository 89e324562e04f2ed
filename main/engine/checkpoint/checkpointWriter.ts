import type { TrainEvent } from '../../../core/contract/engineContract.ts'
import { LabError } from '../../../core/words/problems.ts'
import type { Checkpoint, EngineIdentity, RunConfig } from '../../../core/run/run.ts'
import type { Snapshot } from './checkpointFile.ts'
import type { CheckpointAnswer } from './checkpointOrder.ts'
import { checkpointThread } from './checkpointThread.ts'

type CheckpointEvent = Extract<TrainEvent, { kind: 'checkpoint' }>

/** Has the checkpoints of a run written, one at a time, while training goes on. */
export class CheckpointWriter {
  /** Memory for the variables of the next snapshot; undefined while one is being written, and before there was any. */
  room: Snapshot['variables'] | undefined
  readonly #folder: string
  readonly #config: RunConfig
  readonly #engine: EngineIdentity
  /** Settled when the file that is being written is there, or could not be; never rejects. */
  #writing: Promise<void> = Promise.resolve()
  #written: CheckpointEvent[] = []
  #failure: { readonly thrown: unknown } | null = null

  /** Begins to start the thread that writes, if it is not there yet. */
  constructor(folder: string, config: RunConfig, engine: EngineIdentity) {
    this.#folder = folder
    this.#config = config
    this.#engine = engine
    checkpointThread()
  }

  /** Begins to write. The one before must have settled, and the snapshot's variables are the writer's from now on. */
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
   * Tells what has been written since the last telling.
   * @throws LabError `disk-full` or `write-failed` once, when a file could not be written; no part of it is left.
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
