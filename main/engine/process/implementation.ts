import { implement, ORPCError } from '@orpc/server'
import { engineContract } from '../../../core/contract/engineContract.ts'
import type { Problem } from '../../../core/words/problems.ts'
import { engineProblemOf } from '../shared/outOfMemory.ts'

/** Wraps a problem for oRPC. */
export function carried(thrown: unknown): ORPCError<'PROBLEM', Problem> {
  return new ORPCError('PROBLEM', { data: engineProblemOf(thrown), cause: thrown })
}

/** The engine contract, whose failures cross to main as problems. Each subject implements its part. */
export const engine = implement(engineContract).use(async ({ next }) => {
  try {
    return await next()
  } catch (thrown) {
    if (thrown instanceof ORPCError) throw thrown
    throw carried(thrown)
  }
})

/** A stream whose failures cross as problems too: it can fail after its call was answered. */
export async function* carriedParts<Part>(parts: AsyncGenerator<Part>): AsyncGenerator<Part> {
  try {
    yield* parts
  } catch (thrown) {
    throw carried(thrown)
  }
}
