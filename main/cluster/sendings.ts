import type { SendingEvent } from '../../core/sweep/sending.ts'
import type { SweepSummary } from '../../core/sweep/sweep.ts'
import { LabError, problem } from '../../core/words/problems.ts'
import { Latest } from '../datasets/jobs/jobProgress.ts'
import { secondsLeft, TransferRate } from '../datasets/jobs/transferRate.ts'

/** How a sweep on its way to a cluster is heard of, and called back. */
export interface Sending {
  readonly signal: AbortSignal
  /** Told how many bytes have come there, of how many. */
  readonly onProgress: (doneBytes: number, totalBytes: number) => void
}

/** A sending that nobody watches and nobody calls back. */
export const unwatched: Sending = { signal: new AbortController().signal, onProgress: () => undefined }

/** Sweeps on their way to clusters. */
export class Sendings {
  readonly #closing = new AbortController()
  readonly #underWay = new Set<Promise<unknown>>()

  /**
   * Carries out one sending and tells of it; ends with `begun`. Who stops listening, or gives the signal, calls it back.
   * @throws what `send` throws: LabError `interrupted` or `lab-closing` where it was called back.
   */
  async *follow(send: (sending: Sending) => Promise<SweepSummary>, signal?: AbortSignal): AsyncGenerator<SendingEvent> {
    const stop = new AbortController()
    const callBack = (): void => stop.abort(new LabError(problem('interrupted', {})))
    signal?.addEventListener('abort', callBack, { once: true })
    const latest = new Latest<SendingEvent>()
    const rate = new TransferRate()
    const onProgress = (doneBytes: number, totalBytes: number): void => {
      const bytesPerSecond = rate.note(performance.now(), doneBytes)
      const left = secondsLeft(totalBytes - doneBytes, bytesPerSecond)
      latest.note({ kind: 'progress', progress: { doneBytes, totalBytes, bytesPerSecond, secondsLeft: left } })
    }
    const sending = { signal: AbortSignal.any([stop.signal, this.#closing.signal]), onProgress }
    const work = send(sending).then((sweep): SendingEvent => ({ kind: 'begun', sweep }))
    const ended = work.catch(() => undefined).finally(() => this.#underWay.delete(ended))
    this.#underWay.add(ended)
    try {
      yield* latest.until(work)
    } finally {
      signal?.removeEventListener('abort', callBack)
      callBack()
      await ended
    }
  }

  /** Calls all back and waits until they have ended. */
  async close(): Promise<void> {
    this.#closing.abort(new LabError(problem('lab-closing', {})))
    await Promise.all(this.#underWay)
  }
}
