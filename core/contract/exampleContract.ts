import { oc } from '@orpc/contract'
import { z } from 'zod'
import { RunId } from '../run/run.ts'
import { Language } from '../words/language.ts'
import { Problem } from '../words/problems.ts'

const call = oc.errors({ PROBLEM: { data: Problem } })

/** The example's runs that are in the home folder and not in the bin; none where it was not taken in. */
export const ExampleState = z.strictObject({ runs: z.array(RunId) })
export type ExampleState = z.infer<typeof ExampleState>

/** The small trained example that comes with Conv Lab. */
export const exampleContract = {
  state: call.output(ExampleState),
  /** Takes it in, unless it is there; its runs come as `run` events. */
  takeIn: call.input(z.strictObject({ language: Language })).output(ExampleState),
  /** Puts its runs into the bin and deletes its data set, unless a person's own run was trained on that. */
  remove: call.output(ExampleState),
}
