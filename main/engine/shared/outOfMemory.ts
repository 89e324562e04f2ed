import { quoted } from '../../../core/words/phrases.ts'
import { LabError, problem, problemOf, type Problem } from '../../../core/words/problems.ts'

/**
 * Wordings for a lack of memory: TensorFlow's allocator and status code, oneDNN below it ("could not create a memory
 * object"), C++ (`std::bad_alloc`), V8 (its heap, an array's buffer), the system (ENOMEM), and `exitDetail` for a
 * process that the system killed.
 */
const wordings =
  /\bOOM\b|RESOURCE_EXHAUSTED|ran out of memory|out of memory|could not create a memory object|bad_alloc|Array buffer allocation failed|cannot allocate memory|ENOMEM/i

/** Largest number of characters of such a message to show. */
const shown = 200

/** The first line that reports a lack of memory; null if there is none. */
export function outOfMemoryLine(text: string): string | null {
  const line = text.split('\n').find((one) => wordings.test(one))
  return line === undefined ? null : line.trim().slice(0, shown)
}

/**
 * The problem for an error thrown in the engine: `out-of-memory` when TensorFlow or JavaScript ran out of memory,
 * otherwise as `problemOf` says.
 */
export function engineProblemOf(thrown: unknown): Problem {
  if (thrown instanceof LabError) return thrown.problem
  const line = outOfMemoryLine(thrown instanceof Error ? thrown.message : String(thrown))
  return line === null ? problemOf(thrown) : problem('out-of-memory', { detail: quoted(line) })
}

/** What `exitDetail` says of a process that met an instruction which its processor does not have. */
export const illegalInstruction = 'SIGILL'

/**
 * The problem for an engine that ended unexpectedly, from the detail of its exit: `out-of-memory`, `processor-too-old` or
 * `engine-crashed`.
 */
export function deathProblem(detail: string): Problem {
  if (detail === illegalInstruction) return problem('processor-too-old', {})
  return outOfMemoryLine(detail) === null
    ? problem('engine-crashed', { detail })
    : problem('out-of-memory', { detail: quoted(detail) })
}
