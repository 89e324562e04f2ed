/**
 * Seconds of training time over which the displayed rate is averaged: long enough to be steady, short enough to follow
 * a change.
 */
const windowSeconds = 2

/** Images per second, over the last two seconds of training time. */
export class RecentRate {
  readonly #batch: number
  /** Training seconds after each of the recent steps, oldest first, preceded by the time just before the oldest. */
  #times: number[]

  /**
   * @param batch Images per step.
   * @param seconds Training seconds at the start.
   */
  constructor(batch: number, seconds: number) {
    this.#batch = batch
    this.#times = [seconds]
  }

  /**
   * Adds steps, given the training seconds after each.
   * @returns images per second, or null while no time has passed.
   */
  add(seconds: readonly number[]): number | null {
    const times = [...this.#times, ...seconds]
    const newest = times[times.length - 1]
    const first = times.findIndex((time) => newest - time <= windowSeconds)
    // A step longer than the window is still measured as a whole.
    this.#times = times.slice(Math.min(first, Math.max(0, times.length - 2)))
    const passed = newest - this.#times[0]
    return passed > 0 ? ((this.#times.length - 1) * this.#batch) / passed : null
  }
}
