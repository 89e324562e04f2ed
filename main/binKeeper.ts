import { binDays } from '../core/run/bin.ts'
import type { Log } from './files/log.ts'
import type { Shelves } from './training/shelves.ts'

const day = 24 * 60 * 60 * 1000

/** Deletes for good what has lain in the bin for `binDays`: when the lab is opened, and daily while it is open. */
export class BinKeeper {
  readonly #shelves: Shelves
  readonly #log: Log
  readonly #ended = new AbortController()
  #work: Promise<void> = Promise.resolve()
  readonly #timer: NodeJS.Timeout

  constructor(shelves: Shelves, log: Log) {
    this.#shelves = shelves
    this.#log = log
    this.#timer = setInterval(() => this.#tidy(), day).unref()
    this.#tidy()
  }

  /** Ends after the run that is being deleted. */
  async close(): Promise<void> {
    clearInterval(this.#timer)
    this.#ended.abort()
    await this.#work
  }

  #tidy(): void {
    this.#work = this.#work.then(async () => {
      const until = new Date(Date.now() - binDays * day).toISOString()
      await this.#shelves
        .tidy(until, this.#ended.signal)
        .catch((thrown: unknown) => this.#log.add('emptying the bin of old runs', thrown))
    })
  }
}
