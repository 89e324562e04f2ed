import { z } from 'zod'
import { lengthOf } from '../run/marks.ts'
import { refuse } from '../words/problems.ts'

/** The most characters of the reason for an expectation. */
export const longestReason = 500

const Run = z.int().min(1)

/** What a person expects of a run before it begins. Each part may be left open. */
export const Expectation = z.strictObject({
  /** The accuracy on the test set at its end, as a share in 0..1; null: none is expected. */
  accuracy: z.number().min(0).max(1).nullable(),
  /** Another run, and which of the two will reach the higher accuracy; null: they are not compared. */
  versus: z.strictObject({ run: Run, better: z.enum(['this', 'other']) }).nullable(),
  /** Why, in a sentence of up to 500 characters, checked by `checkedExpectation`; empty: nothing was said. */
  because: z.string().max(10_000),
})
export type Expectation = z.infer<typeof Expectation>

/** An expectation as it is stored with its run. */
export const KeptExpectation = z.strictObject({
  ...Expectation.shape,
  writtenAt: z.iso.datetime(),
  /** When its run left the queue or began; from then on it cannot be changed. Null while the run waits in the queue. */
  lockedAt: z.iso.datetime().nullable(),
})
export type KeptExpectation = z.infer<typeof KeptExpectation>

/** What was written, without its times: as another run takes it over. */
export function writtenOf({ accuracy, versus, because }: KeptExpectation): Expectation {
  return { accuracy, versus, because }
}

function tidied(because: string): string {
  return because.trim().normalize('NFC')
}

/** Whether a reason is short enough to be kept. */
export function reasonFits(because: string): boolean {
  return lengthOf(tidied(because)) <= longestReason
}

/**
 * Checks an expectation, and takes outer blanks from its reason.
 * @returns null where nothing is expected.
 * @throws LabError `expectation-reason-too-long`.
 */
export function checkedExpectation({ accuracy, versus, because }: Expectation): Expectation | null {
  const reason = tidied(because)
  if (!reasonFits(because)) refuse('expectation-reason-too-long', { length: lengthOf(reason), most: longestReason })
  return accuracy === null && versus === null && reason === '' ? null : { accuracy, versus, because: reason }
}
