import type { EventEmitter } from 'node:events'
import { LabError, problem } from '../../core/words/problems.ts'
import { writeProblem } from '../files/atomicFile.ts'
import { onEndSignals } from '../shells/endSignals.ts'

/** Whether standard output can no longer be written, and why. */
export class OutputEnd {
  #problem: LabError | null = null
  #readerGone = false

  /** @param onEnd called when it can no longer be written */
  constructor(stdout: EventEmitter, onEnd: () => void = () => undefined) {
    stdout.on('error', (thrown: unknown) => {
      // A reader that has closed its end has seen enough. Anything else, such as a full disk, is reported.
      if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EPIPE') this.#readerGone = true
      else this.#problem ??= writeProblem(thrown, 'standard output')
      onEnd()
    })
  }

  /** Why standard output cannot be written, unless its reader closed it. */
  get problem(): LabError | null {
    return this.#problem
  }

  /** Whether the reader of standard output has closed its end, as `head` does when it has seen enough. */
  get readerGone(): boolean {
    return this.#readerGone
  }
}

/**
 * A request from outside to end: Ctrl-C, a signal, or standard output that can no longer be written. A second signal
 * ends the process at once.
 */
export class Interruption {
  readonly #controller = new AbortController()
  readonly #forgetSignals: () => void
  readonly outputEnd: OutputEnd

  /** Listens until `close`. */
  constructor(stdout: EventEmitter) {
    const abort = (): void => this.#controller.abort()
    this.#forgetSignals = onEndSignals(abort)
    this.outputEnd = new OutputEnd(stdout, abort)
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  get happened(): boolean {
    return this.#controller.signal.aborted
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
