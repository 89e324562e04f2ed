import { LabError } from '../../core/words/problems.ts'
import type { Log } from '../files/log.ts'
import type { History } from '../history/history.ts'
import type { LeftJob } from '../history/sweeps.ts'
import { RayClient } from './rayClient.ts'
import { clearUpAfter } from './smallJobs.ts'

/** Milliseconds from one attempt to the next. */
const interval = 60_000

/** Jobs that their sweeps are done with: they are stopped and cleared up when their cluster is reached. */
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
    return this.#afterOthers(async () => {
      for (const one of this.#history.sweeps.leftJobs()) {
        if (this.#closing.signal.aborted) return
        await this.#stopAt(at ?? new RayClient(one.place), one, this.#closing.signal).catch((thrown: unknown) => {
          if (!(thrown instanceof LabError) && !this.#closing.signal.aborted)
            this.#log.add(`stopping job ${one.job}`, thrown)
        })
      }
    })
  }

  /**
   * Stops those of a sweep on the cluster that it is sent to.
   * @throws LabError where that does not answer.
   */
  stopOf(sweep: number, client: RayClient): Promise<void> {
    return this.#afterOthers(async () => {
      for (const one of this.#history.sweeps.leftJobs().filter((left) => left.sweep === sweep))
        await this.#stopAt(client, one)
    })
  }

  /** Ends what is tried now. */
  async close(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#closing.abort()
    await this.#work
  }

  /** Two that stop the same job would be in each other's way. */
  #afterOthers(work: () => Promise<void>): Promise<void> {
    const done = this.#work.then(work)
    // Whoever asked for it hears why it failed.
    this.#work = done.catch(() => undefined)
    return done
  }

  /** Stops a job and deletes what it left, where this cluster knows it. One that its own cluster does not know is gone. */
  async #stopAt(client: RayClient, { job, place }: LeftJob, signal?: AbortSignal): Promise<void> {
    const isThere = (await client.job(job, signal)) !== null
    if (isThere) await clearUpAfter(client, job)
    if (isThere || client.host === new RayClient(place).host) this.#history.sweeps.forgetJob(job)
  }
}
