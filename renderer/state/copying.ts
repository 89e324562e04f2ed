/** Files being copied to the lab. */
export interface Copying {
  readonly doneBytes: number
  readonly totalBytes: number
  readonly bytesPerSecond: number
  /** Null until something is copied. */
  readonly secondsLeft: number | null
}

/**
 * How far a copy is.
 * @param began When it began, as `performance.now()` says it.
 */
export function copyingSince(began: number, doneBytes: number, totalBytes: number): Copying {
  const seconds = Math.max(0.001, (performance.now() - began) / 1000)
  const bytesPerSecond = doneBytes / seconds
  const secondsLeft = doneBytes === 0 ? null : (totalBytes - doneBytes) / bytesPerSecond
  return { doneBytes, totalBytes, bytesPerSecond, secondsLeft }
}
