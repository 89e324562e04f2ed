/** A job in a line. */
export interface Job<Result> {
  /** Called when its turn comes, with a signal that may be aborted already. */
  readonly work: (signal: AbortSignal) => Promise<Result>
  /** What it is told when it is cancelled. */
  readonly cancelled: Error
  /** Called once it counts no more, before anybody hears its end. */
  readonly ended: () => void
}

/** What is done with one set, one job after another. */
export class JobQueue {
  readonly #jobs = new Map<AbortController, Error>()
  #last: Promise<unknown> = Promise.resolve()

  /** Whether anything goes on or waits. */
  get busy(): boolean {
    return this.#jobs.size > 0
  }

  /**
   * Begins a job as soon as those before it have ended.
   * @returns what the job gives; rejects with what it throws.
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
    this.#last = turn.catch(() => undefined) // Told to the one who asked; what comes next does not depend on it.
    return turn
  }

  /**
   * Ends what goes on and what waits.
   * @param because told instead of what each job has for it.
   */
  cancel(because?: Error): void {
    for (const [controller, reason] of this.#jobs) controller.abort(because ?? reason)
  }

  /** Resolves when nothing goes on and nothing waits. */
  async settled(): Promise<void> {
    while (this.busy) await this.#last
  }
}
