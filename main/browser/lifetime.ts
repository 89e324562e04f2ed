export interface LifetimeOptions {
  /** How long the shell waits for a page to come back after the last one has gone; null: without end. */
  readonly goneSeconds: number | null
  /** Who else uses the lab, and must have finished before it ends: a command line. */
  readonly idle: () => Promise<void>
  readonly onEnd: () => void
}

/**
 * Ends the shell some time after its last page has gone: a reload or a lost connection comes back
 * within seconds, a closed window does not. Before the first page it waits without end.
 */
export class Lifetime {
  readonly #options: LifetimeOptions
  #timer: NodeJS.Timeout | null = null
  /** Grows with each change; a wait that began before the last one counts no more. */
  #changes = 0
  #arrived = false

  constructor(options: LifetimeOptions) {
    this.#options = options
  }

  /** Whether a page has ever come. */
  get arrived(): boolean {
    return this.#arrived
  }

  /** Tells how many pages are connected now. */
  pages(open: number): void {
    this.stop()
    if (open > 0) this.#arrived = true
    else if (this.#options.goneSeconds !== null)
      this.#timer = setTimeout(() => void this.#endWhenIdle(), this.#options.goneSeconds * 1000)
  }

  /** Waits for nothing any more. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    this.#changes += 1
  }

  async #endWhenIdle(): Promise<void> {
    const changes = this.#changes
    await this.#options.idle()
    if (changes === this.#changes) this.#options.onEnd()
  }
}
