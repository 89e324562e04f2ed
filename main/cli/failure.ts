import { ORPCError } from '@orpc/client'
import { LabError, problem, Problem, problemOf } from '../../core/words/problems.ts'

/**
 * The problem to report for a failed command: the lab's own, or that its owner has gone.
 * @param open Whether the lab still answers.
 */
export function failureOf(thrown: unknown, open: boolean): Problem {
  if (thrown instanceof LabError) return thrown.problem
  if (thrown instanceof ORPCError && thrown.code === 'PROBLEM') {
    const told = Problem.safeParse(thrown.data)
    if (told.success) return told.data
  }
  return open ? problemOf(thrown) : problem('owner-gone', {})
}
