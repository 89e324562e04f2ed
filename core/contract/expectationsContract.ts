import { oc } from '@orpc/contract'
import { z } from 'zod'
import { Expectation } from '../expectations/expectation.ts'
import { ExpectedRun } from '../expectations/judged.ts'
import { RunId, RunSummary } from '../run/run.ts'
import { Problem } from '../words/problems.ts'

const call = oc.errors({ PROBLEM: { data: Problem } })

/** What a person expects of runs before they begin. It is given with the run, by `runs.start` or `queue.add`. */
export const expectationsContract = {
  /** Everything that is expected of runs that do not lie in the bin, beside what has come of it; oldest run first. */
  list: call.output(z.array(ExpectedRun)),
  /** Replaces what is expected of a run that waits in the queue; null takes it back. Refused once it has left the queue. */
  write: call.input(z.strictObject({ run: RunId, expectation: Expectation.nullable() })).output(RunSummary),
}
