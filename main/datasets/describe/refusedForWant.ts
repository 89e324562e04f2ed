import type { LeftOut } from '../../../core/data/leftOut.ts'
import { LabError, problem } from '../../../core/words/problems.ts'

/** What was thrown, with what was left out where a person's images are refused for want of others. */
export function refusedForWant(thrown: unknown, leftOut: readonly LeftOut[]): unknown {
  const [most] = leftOut
  if (!(thrown instanceof LabError) || most === undefined) return thrown
  const { code, parameters } = thrown.problem
  const told = { why: most.why, count: most.count, path: most.first[0] }
  if (code === 'images-missing') return new LabError(problem('images-left-out', told), { cause: thrown })
  if (code !== 'one-class-only' || typeof parameters.name !== 'string') return thrown
  return new LabError(problem('classes-left-out', { ...told, name: parameters.name }), { cause: thrown })
}
