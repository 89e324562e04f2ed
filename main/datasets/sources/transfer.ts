/** How often a source that breaks off is asked again. */
export interface RetryPlan {
  /** Tries in a row that bring not one more byte, after which it is given up. */
  readonly tries: number
  /** The same for a source that has not answered at all: the next one is near. */
  readonly unreachedTries: number
  /**
   * The first pause; each further one in a row is twice as long, up to the longest. A random part of up to a half is
   * taken off, so that thirty computers do not come back at one moment.
   */
  readonly firstPauseMs: number
  readonly longestPauseMs: number
}

export const usualRetries: RetryPlan = { tries: 6, unreachedTries: 2, firstPauseMs: 1000, longestPauseMs: 30_000 }

/** A pause before a source is asked again. */
export interface Pause {
  /** Which try comes next, the second being 2. */
  readonly attempt: number
  readonly seconds: number
  /** What went wrong. */
  readonly reason: string
}

/** What a source needs to know while it brings its files. */
export interface Transfer {
  /** Aborted when the person cancels, or the lab closes; its reason is thrown. */
  readonly signal: AbortSignal
  /** A source that has not begun to answer after this many milliseconds is given up. */
  readonly answerMs: number
  /** A source that falls silent for this many milliseconds is given up. */
  readonly silenceMs: number
  /** The usual ones when left out. */
  readonly retries?: RetryPlan
  /** Told the bytes that are here, and of how many. */
  readonly onBytes: (done: number, total: number) => void
  /** Told how far the check of what an earlier attempt has brought is, in bytes. */
  readonly onChecked?: (done: number, total: number) => void
  /** Told before a pause. */
  readonly onPause?: (pause: Pause) => void
}

/**
 * The pause before a try.
 * @param failures in a row, 1 after the first.
 * @param random in [0, 1).
 * @returns milliseconds.
 */
export function pauseBefore(failures: number, { firstPauseMs, longestPauseMs }: RetryPlan, random: number): number {
  return Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1)) * (1 - random / 2)
}
