import { mapEventIterator } from '@orpc/client'
import { implement, ORPCError, os, ValidationError } from '@orpc/server'
import { issuePhrase } from '../../core/words/issuePhrase.ts'
import { phrase, type Phrase } from '../../core/words/phrases.ts'
import { LabError, problem, problemOf } from '../../core/words/problems.ts'
import { windowContract } from '../../core/contract/windowContract.ts'
import type { Lab } from '../lab.ts'

/** What every call can use besides its input. */
export interface LabContext {
  readonly lab: Lab
}

/** Where the input was wrong and how: "the setting config.batch must be at least 1". */
function inputDetail(thrown: ValidationError): Phrase {
  const [issue] = thrown.issues
  const path = (issue?.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.')
  const what = issuePhrase(issue)
  return path === '' ? phrase('request-refused', { what }) : phrase('setting-refused', { setting: path, what })
}

/** Whether a call is answered by a stream of events. */
function isStream(output: unknown): output is AsyncGenerator {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output
}

/**
 * Sends every failure across as the contract's `PROBLEM`. What the lab refuses keeps its code, and wrong input becomes
 * `bad-input`. An unexpected error becomes `internal` and is logged with its stack. A stream can fail after its call
 * was answered, so its failures pass through here too.
 */
const withProblems = os.$context<LabContext>().middleware(async ({ next, context, path, signal }) => {
  const sentAcross = (thrown: unknown): unknown => {
    if (thrown instanceof LabError) return new ORPCError('PROBLEM', { data: thrown.problem, cause: thrown })
    if (thrown instanceof ORPCError && thrown.code === 'BAD_REQUEST' && thrown.cause instanceof ValidationError) {
      return new ORPCError('PROBLEM', {
        data: problem('bad-input', { detail: inputDetail(thrown.cause) }),
        cause: thrown,
      })
    }
    // A caller that has disconnected gets no answer, so there is nothing to report.
    if (signal?.aborted === true) return thrown
    context.lab.log.add(`answering ${path.join('.')}`, thrown)
    return new ORPCError('PROBLEM', { data: problemOf(thrown), cause: thrown })
  }
  try {
    const answered = await next()
    const { output }: { output: unknown } = answered
    if (!isStream(output)) return answered
    const told = mapEventIterator(output, {
      value: (value) => Promise.resolve(value),
      error: (thrown) => Promise.resolve(sentAcross(thrown)),
    })
    return { ...answered, output: told }
  } catch (thrown) {
    throw sentAcross(thrown)
  }
})

/** The window contract with the lab as context. Each subject implements its part. */
export const implementation = implement(windowContract).$context<LabContext>().use(withProblems)
