/** What the time of a stretch is spent on. */
export type Lap = 'training' | 'evaluation' | 'waiting'

/** Splits the time of a stretch by purpose. All time since the creation of this object is counted exactly once. */
export class Laps {
  readonly #now: () => number
  #last: number
  readonly #seconds: Record<Lap, number> = { training: 0, evaluation: 0, waiting: 0 }

  /** @param now A monotonic clock in milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now
    this.#last = now()
  }

  /**
   * Attributes the time since the last call, or since the beginning, to a purpose.
   * @returns that time, in seconds.
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
