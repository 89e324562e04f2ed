import type { EventEmitter } from 'node:events'
import { LabError, problem } from '../../core/words/problems.ts'
import { writeProblem } from '../files/atomicFile.ts'
import { onEndSignals } from '../shells/endSignals.ts'

/**
 * A request from outside to end: Ctrl-C, a signal, or standard output that can no longer be written. A second signal
 * ends the process at once.
 */
export class Interruption {
  readonly #controller = new AbortController()
  readonly #forgetSignals: () => void
  #outputProblem: LabError | null = null
  #readerGone = false
  readonly #onOutputError = (thrown: unknown): void => {
    // A reader that has closed its end counts as Ctrl-C. Anything else, such as a full disk, is reported.
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EPIPE') this.#readerGone = true
    else this.#outputProblem ??= writeProblem(thrown, 'standard output')
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

  /** Why standard output cannot be written, unless its reader closed it. */
  get outputProblem(): LabError | null {
    return this.#outputProblem
  }

  /** Whether the reader of standard output has closed its end, as `head` does when it has seen enough. */
  get readerGone(): boolean {
    return this.#readerGone
  }

  /**
   * A promise that never resolves and rejects on the request. For a race with work that may simply be abandoned.
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
