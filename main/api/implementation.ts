import { implement, ORPCError, os, ValidationError } from '@orpc/server'
import { LabError, problem, problemOf } from '../../core/words/problems.ts'
import { windowContract } from '../../core/contract/windowContract.ts'
import type { Lab } from '../lab.ts'

/** What every call is answered with. */
export interface LabContext {
  readonly lab: Lab
}

/** Where the input was wrong and how: `config.batch: Too small: expected number to be >=1`. */
function inputDetail(thrown: ValidationError): string {
  const [issue] = thrown.issues
  const path = (issue?.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.')
  const message = issue?.message ?? thrown.message
  return path === '' ? message : `${path}: ${message}`
}

/**
 * Sends every failure across as the contract's `PROBLEM`: what the lab refuses as it is, wrong input as `bad-input`.
 * What nobody expected goes to the log with its stack, and across as `internal`.
 */
const withProblems = os.$context<LabContext>().middleware(async ({ next, context, path, signal }) => {
  try {
    return await next()
  } catch (thrown) {
    if (thrown instanceof LabError) throw new ORPCError('PROBLEM', { data: thrown.problem, cause: thrown })
    if (thrown instanceof ORPCError && thrown.code === 'BAD_REQUEST' && thrown.cause instanceof ValidationError) {
      throw new ORPCError('PROBLEM', {
        data: problem('bad-input', { detail: inputDetail(thrown.cause) }),
        cause: thrown,
      })
    }
    // Who has hung up gets no answer, so there is nothing to report.
    if (signal?.aborted === true) throw thrown
    context.lab.log.add(`answering ${path.join('.')}`, thrown)
    throw new ORPCError('PROBLEM', { data: problemOf(thrown), cause: thrown })
  }
})

/** The window contract, to be carried out subject by subject with a lab at hand. */
export const implementation = implement(windowContract).$context<LabContext>().use(withProblems)
