/** What the time of a stretch goes into. */
export type Lap = 'training' | 'evaluation' | 'waiting'

/** Keeps the time of a stretch apart: all of it, from the making of this object on, is counted once. */
export class Laps {
  readonly #now: () => number
  #last: number
  readonly #seconds: Record<Lap, number> = { training: 0, evaluation: 0, waiting: 0 }

  /** @param now A clock in milliseconds that never goes back. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now
    this.#last = now()
  }

  /**
   * Counts what has passed since the last call, or since the beginning.
   * @returns it, in seconds.
   */
  took(lap: Lap): number {
    const now = this.#now()
    const seconds = (now - this.#last) / 1000
    this.#last = now
    this.#seconds[lap] += seconds
    return seconds
  }

  /** Seconds counted so far. */
  get seconds(): Readonly<Record<Lap, number>> {
    return this.#seconds
  }
}
