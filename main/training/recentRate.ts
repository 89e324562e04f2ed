/**
 * Training time over which the shown rate is taken, in seconds: long enough to be calm, short enough to follow a
 * change.
 */
const windowSeconds = 2

/** Images per second of training time over the last two seconds of it. */
export class RecentRate {
  readonly #batch: number
  /** Training seconds after each of the recent steps, oldest first, with the time just before the oldest in front. */
  #times: number[]

  /**
   * @param batch Images a step.
   * @param seconds Training seconds at the start.
   */
  constructor(batch: number, seconds: number) {
    this.#batch = batch
    this.#times = [seconds]
  }

  /**
   * Takes further steps by the training seconds after each.
   * @returns images per second, or null while no time has passed.
   */
  add(seconds: readonly number[]): number | null {
    const times = [...this.#times, ...seconds]
    const newest = times[times.length - 1]
    const first = times.findIndex((time) => newest - time <= windowSeconds)
    // A step that took longer than the window is still measured as a whole.
    this.#times = times.slice(Math.min(first, Math.max(0, times.length - 2)))
    const passed = newest - this.#times[0]
    return passed > 0 ? ((this.#times.length - 1) * this.#batch) / passed : null
  }
}
