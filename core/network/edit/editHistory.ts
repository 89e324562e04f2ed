/** What was, is, and was undone: never changed, only replaced. */
export interface EditHistory<State> {
  readonly past: readonly State[]
  readonly now: State
  /** What was undone, the last undone first. */
  readonly future: readonly State[]
  /** The step that is still open: more of the same belongs to it, as letters typed into one field do. */
  readonly step: string | null
}

/** A history that begins. */
export function beginHistory<State>(now: State): EditHistory<State> {
  return { past: [], now, future: [], step: null }
}

/**
 * After an edit. What was undone before is gone.
 * @param step Edits in a row with the same step are undone together; null: this one alone.
 */
export function edited<State>(history: EditHistory<State>, now: State, step: string | null = null): EditHistory<State> {
  if (Object.is(now, history.now)) return history
  const goesOn = step !== null && step === history.step
  return { past: goesOn ? history.past : [...history.past, history.now], now, future: [], step }
}

/** Ends the open step, as leaving a field does. */
export function closed<State>(history: EditHistory<State>): EditHistory<State> {
  return history.step === null ? history : { ...history, step: null }
}

/** One step back; the same history at its beginning. */
export function undone<State>({ past, now, future, ...rest }: EditHistory<State>): EditHistory<State> {
  if (past.length === 0) return { past, now, future, ...rest }
  return { past: past.slice(0, -1), now: past[past.length - 1], future: [now, ...future], step: null }
}

/** One step forward again; the same history where nothing was undone. */
export function redone<State>({ past, now, future, ...rest }: EditHistory<State>): EditHistory<State> {
  if (future.length === 0) return { past, now, future, ...rest }
  return { past: [...past, now], now: future[0], future: future.slice(1), step: null }
}
