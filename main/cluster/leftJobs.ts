import { LabError } from '../../core/words/problems.ts'
import type { Log } from '../files/log.ts'
import type { History } from '../history/history.ts'
import { RayClient } from './rayClient.ts'
import { clearUpAfter } from './smallJobs.ts'

/** Milliseconds from one attempt to the next. */
const interval = 60_000

/** Jobs whose sweeps were ended here while their cluster did not answer: they are stopped when it is reached again. */
export class LeftJobs {
  readonly #history: Pick<History, 'sweeps'>
  readonly #log: Log
  readonly #closing = new AbortController()
  #work: Promise<void> = Promise.resolve()
  #timer: NodeJS.Timeout | null = null

  constructor({ history, log }: { readonly history: Pick<History, 'sweeps'>; readonly log: Log }) {
    this.#history = history
    this.#log = log
  }

  /** Tries to stop them all, again and again until it is closed. */
  watch(): void {
    void this.stop()
    this.#timer = setInterval(() => void this.stop(), interval)
    this.#timer.unref()
  }

  /**
   * Tries to stop them. Never rejects.
   * @param at A cluster that answers, which may be theirs at another address; null: where each was sent to.
   */
  stop(at: RayClient | null = null): Promise<void> {
    this.#work = this.#work.then(async () => {
      for (const { job, place } of this.#history.sweeps.leftJobs()) {
        if (this.#closing.signal.aborted) return
        const own = new RayClient(place)
        const end = await this.#stopAt(at ?? own, job)
        const isGone = end === 'unknown' && (at === null || at.host === own.host)
        if (end === 'stopped' || isGone) this.#history.sweeps.forgetJob(job)
      }
    })
    return this.#work
  }

  /** Ends what is tried now. */
  async close(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#closing.abort()
    await this.#work
  }

  /** Stops a job where its cluster knows it. @returns null where that is not known now */
  async #stopAt(client: RayClient, job: string): Promise<'stopped' | 'unknown' | null> {
    const { signal } = this.#closing
    try {
      if ((await client.job(job, signal)) === null) return 'unknown'
      await clearUpAfter(client, job)
      return 'stopped'
    } catch (thrown) {
      if (!(thrown instanceof LabError) && !signal.aborted) this.#log.add(`stopping job ${job}`, thrown)
      return null
    }
  }
}
