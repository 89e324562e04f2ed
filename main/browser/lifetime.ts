export interface LifetimeOptions {
  /** How long the shell waits for a page to come back after the last one has gone; null: for ever. */
  readonly goneSeconds: number | null
  /** Resolves when nobody else, such as a command line, uses the lab. The shell waits for this before it ends. */
  readonly idle: () => Promise<void>
  readonly onEnd: () => void
}

/**
 * Ends the shell some time after its last page has gone. A reload or a lost connection comes back within seconds, a
 * closed window does not. Before the first page it waits for ever.
 */
export class Lifetime {
  readonly #options: LifetimeOptions
  #timer: NodeJS.Timeout | null = null
  /** Grows with each change, so that a wait that began before the last change is ignored. */
  #changes = 0
  #arrived = false

  constructor(options: LifetimeOptions) {
    this.#options = options
  }

  /** Whether a page has ever connected. */
  get arrived(): boolean {
    return this.#arrived
  }

  /** Reports how many pages are connected now. */
  pages(open: number): void {
    this.stop()
    if (open > 0) this.#arrived = true
    else if (this.#options.goneSeconds !== null)
      this.#timer = setTimeout(() => void this.#endWhenIdle(), this.#options.goneSeconds * 1000)
  }

  /** Stops waiting for good. */
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
