import type { TrainEvent } from '../../core/contract/engineContract.ts'
import { LabError, type Problem } from '../../core/words/problems.ts'
import type { TrainingEngine } from '../training/trainingEngine.ts'

/**
 * An engine on a node of a cluster, for one attempt to train one run. It has its order already; what it tells is given
 * here as it arrives.
 */
export class RemoteEngine implements TrainingEngine {
  readonly computer: string
  readonly hold: (as: 'paused' | 'stopped') => Promise<void>
  readonly #arrived: TrainEvent[] = []
  #end: Problem | null = null
  #wake: () => void = () => undefined

  constructor(computer: string, hold: (as: 'paused' | 'stopped') => Promise<void>) {
    this.computer = computer
    this.hold = hold
  }

  give(event: TrainEvent): void {
    this.#arrived.push(event)
    this.#wake()
  }

  /** Nothing more comes, for this reason. What has arrived is still told. */
  fail(of: Problem): void {
    this.#end ??= of
    this.#wake()
  }

  /**
   * What the engine tells, to the end of its stretch.
   * @throws LabError with the reason why nothing more comes.
   */
  async *train(): AsyncGenerator<TrainEvent> {
    for (;;) {
      const event = this.#arrived.shift()
      if (event !== undefined) {
        yield event
        if (event.kind === 'ended') return
      } else if (this.#end !== null) throw new LabError(this.#end)
      else await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  /** It takes none of this computer. */
  memory(): Promise<number> {
    return Promise.resolve(0)
  }
}
