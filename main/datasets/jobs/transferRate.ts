const windowMs = 4000

/**
 * Seconds until the rest has come at a rate.
 * @param perSecond null before there is a time span to measure
 * @returns null where the rate tells nothing of it
 */
export function secondsLeft(left: number, perSecond: number | null): number | null {
  return perSecond === null || perSecond === 0 ? null : left / perSecond
}

/** The rate of a transfer over its last four seconds: it follows a changing network, but stays steady. */
export class TransferRate {
  readonly #points: { at: number; bytes: number }[] = []

  /**
   * Notes that `bytes` have arrived at time `at` (milliseconds of any clock).
   * @returns bytes a second, null before there is a time span to measure.
   */
  note(at: number, bytes: number): number | null {
    const points = this.#points
    points.push({ at, bytes })
    // The last point before the four seconds stays, so that the measured span is never shorter than that.
    while (points.length > 2 && at - points[1].at >= windowMs) points.shift()
    const span = at - points[0].at
    return span < 250 ? null : ((bytes - points[0].bytes) / span) * 1000
  }
}
