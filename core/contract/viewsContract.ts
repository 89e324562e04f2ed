import { oc } from '@orpc/contract'
import { z } from 'zod'
import { NamedView, RunsView, ViewName } from '../query/runsView.ts'
import { Problem } from '../words/problems.ts'

const call = oc.errors({ PROBLEM: { data: Problem } })

/** In the order of their names. */
const all = z.array(NamedView)

/** Tables of runs that a person has arranged and named. Names are told apart regardless of capital letters. */
export const viewsContract = {
  list: call.output(all),
  /** Saves a view under a name, in place of the one that has it. Answers with all. */
  save: call.input(NamedView).output(all),
  /** Answers with those that are left. */
  remove: call.input(z.strictObject({ name: ViewName })).output(all),
  /** The table as it was last arranged, kept so that closing the window loses nothing; null where it never was. */
  last: {
    read: call.output(z.strictObject({ view: RunsView.nullable() })),
    write: call.input(RunsView),
  },
}
