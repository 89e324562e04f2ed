import type { Phrase } from '../../../core/words/phrases.ts'
/** How often a source that breaks off is asked again. */
export interface RetryPlan {
  /** Tries in a row without a new byte, after which the source is given up. */
  readonly tries: number
  /** The same for a source that has not answered at all. It is smaller, because the next source may answer at once. */
  readonly unreachedTries: number
  /**
   * The first pause. Each further pause in a row is twice as long, up to the longest. A random part of up to a half is
   * taken off, so that thirty computers do not come back at the same moment.
   */
  readonly firstPauseMs: number
  readonly longestPauseMs: number
}

export const usualRetries: RetryPlan = { tries: 6, unreachedTries: 2, firstPauseMs: 1000, longestPauseMs: 30_000 }

/** A pause before a source is asked again. */
export interface Pause {
  /** Number of the next try; 2 after the first failure. */
  readonly attempt: number
  readonly seconds: number
  /** What went wrong. */
  readonly reason: Phrase
}

/** What a source needs while it transfers its files. */
export interface Transfer {
  /** Aborted when the person cancels or the lab closes; its reason is thrown. */
  readonly signal: AbortSignal
  /** A source that has not begun to answer after this many milliseconds is given up. */
  readonly answerMs: number
  /** A source that falls silent for this many milliseconds is given up. */
  readonly silenceMs: number
  /** The usual ones when left out. */
  readonly retries?: RetryPlan
  /** The only host, with its port, that may be asked; null or left out: any to which a source sends on. */
  readonly staysOn?: string | null
  /** Called with the bytes that are here, and their total. */
  readonly onBytes: (done: number, total: number) => void
  /** Called with the progress, in bytes, of checking what an earlier attempt left. */
  readonly onChecked?: (done: number, total: number) => void
  /** Called before a pause. */
  readonly onPause?: (pause: Pause) => void
}

/**
 * The pause before a try.
 * @param failures number of failures in a row, 1 after the first.
 * @param random in [0, 1).
 * @returns milliseconds.
 */
export function pauseBefore(failures: number, { firstPauseMs, longestPauseMs }: RetryPlan, random: number): number {
  return Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1)) * (1 - random / 2)
}
