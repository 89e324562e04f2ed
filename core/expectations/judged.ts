import { z } from 'zod'
import { RunName } from '../run/marks.ts'
import { RunId, type RunState, type RunSummary } from '../run/run.ts'
import { KeptExpectation } from './expectation.ts'

/** An accuracy on the test set, as a share in 0..1; null: the run has none yet. */
const Reached = z.number().min(0).max(1).nullable()

/**
 * How an expectation of which run will be better has come out. `open`: one of the two is not done yet. `equal`: both
 * reached the same accuracy, so neither was better. `gone`: the other run was deleted for good.
 */
export const Verdict = z.enum(['right', 'wrong', 'equal', 'open', 'gone'])
export type Verdict = z.infer<typeof Verdict>

/** An expectation beside what has come of it. */
export const ExpectedRun = z.strictObject({
  run: RunId,
  name: RunName.nullable(),
  expectation: KeptExpectation,
  reached: Reached,
  /** The run that it is compared with, where it is. */
  other: z.strictObject({ run: RunId, name: RunName.nullable(), reached: Reached, verdict: Verdict }).nullable(),
})
export type ExpectedRun = z.infer<typeof ExpectedRun>

/**
 * The accuracy that expectations are held against: that of the last evaluation of the whole test set, once the run is
 * done. It is null until then, and for a run that was never evaluated. A run that is continued is open again, and is
 * held against its new end.
 */
export function reachedAccuracy(state: RunState, lastAccuracy: number | null): number | null {
  return state === 'done' ? lastAccuracy : null
}

/** By how much a run went beyond what was expected of it, as a share; below 0 it fell short. Null while it is open. */
export function offBy(expected: number | null, reached: number | null): number | null {
  return expected === null || reached === null ? null : reached - expected
}

/** By how much a run, as it stands, went beyond what was expected of it; null where that is open, or nothing was. */
export function offOf({ expectation, state, last }: Pick<RunSummary, 'expectation' | 'state' | 'last'>): number | null {
  return offBy(expectation?.accuracy ?? null, reachedAccuracy(state, last?.accuracy ?? null))
}

/** How the expectation of the better run has come out; both accuracies as `reachedAccuracy` says. */
export function verdictOf(better: 'this' | 'other', reached: number | null, other: number | null): Verdict {
  if (reached === null || other === null) return 'open'
  if (reached === other) return 'equal'
  return reached > other === (better === 'this') ? 'right' : 'wrong'
}
