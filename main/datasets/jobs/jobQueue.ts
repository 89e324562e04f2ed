/** A job of a queue. */
export interface Job<Result> {
  /** Called when its turn comes, with a signal that may be aborted already. */
  readonly work: (signal: AbortSignal) => Promise<Result>
  /** The abort reason when the job is cancelled. */
  readonly cancelled: Error
  /** Called when the job has left the queue, before its promise settles. */
  readonly ended: () => void
}

/** The jobs on one set, which run one after another. */
export class JobQueue {
  readonly #jobs = new Map<AbortController, Error>()
  #last: Promise<unknown> = Promise.resolve()

  /** Whether a job is running or waiting. */
  get busy(): boolean {
    return this.#jobs.size > 0
  }

  /**
   * Runs a job as soon as those before it have ended.
   * @returns the job's result; rejects with what the job throws.
   */
  add<Result>({ work, cancelled, ended }: Job<Result>): Promise<Result> {
    const controller = new AbortController()
    this.#jobs.set(controller, cancelled)
    const turn = this.#last
      .then(() => work(controller.signal))
      .finally(() => {
        this.#jobs.delete(controller)
        ended()
      })
    this.#last = turn.catch(() => undefined) // The caller gets the error; the next job runs in any case.
    return turn
  }

  /**
   * Cancels the running job and the waiting ones.
   * @param because abort reason; by default that of each job.
   */
  cancel(because?: Error): void {
    for (const [controller, reason] of this.#jobs) controller.abort(because ?? reason)
  }

  /** Resolves when no job is running or waiting. */
  async settled(): Promise<void> {
    while (this.busy) await this.#last
  }
}
