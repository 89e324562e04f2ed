import type { EventEmitter } from 'node:events'
import { LabError, problem } from '../../core/problems.ts'
import { writeProblem } from '../files/atomicFile.ts'
import { onEndSignals } from '../shells/endSignals.ts'

/**
 * A wish from outside to end: Ctrl-C, a signal, or standard output that takes no more. The second signal ends at once.
 */
export class Interruption {
  readonly #controller = new AbortController()
  readonly #forgetSignals: () => void
  #outputProblem: LabError | null = null
  readonly #onOutputError = (thrown: unknown): void => {
    // A reader that has gone is as good as Ctrl-C; a log file on a full disk is something to say.
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EPIPE'))
      this.#outputProblem ??= writeProblem(thrown, 'standard output')
    this.#controller.abort()
  }

  /** Listens until `close`. */
  constructor(stdout: EventEmitter) {
    this.#forgetSignals = onEndSignals(() => this.#controller.abort())
    stdout.on('error', this.#onOutputError)
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  get happened(): boolean {
    return this.#controller.signal.aborted
  }

  /** Why standard output takes no more, where that is not its reader's own wish. */
  get outputProblem(): LabError | null {
    return this.#outputProblem
  }

  /**
   * A promise that only ever rejects, when the wish comes, for a race with something that need not be ended in order.
   * @throws LabError `interrupted`.
   */
  rejected(): Promise<never> {
    return new Promise((_resolve, reject) => {
      const end = (): void => reject(new LabError(problem('interrupted', {})))
      if (this.happened) end()
      else this.signal.addEventListener('abort', end, { once: true })
    })
  }

  close(): void {
    this.#forgetSignals()
  }
}
