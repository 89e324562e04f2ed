import { readFileSync } from 'node:fs'
import { LabError, problem, problemOf, type Problem } from '../../../core/words/problems.ts'

/**
 * How a lack of memory is worded by those who meet it: TensorFlow's allocator and status code, oneDNN below it ("could
 * not create a memory object"), C++ (`std::bad_alloc`), V8 (its heap, an array's buffer), the system (ENOMEM), and
 * `exitDetail` for a process that the system ended.
 */
const wordings =
  /\bOOM\b|RESOURCE_EXHAUSTED|ran out of memory|out of memory|could not create a memory object|bad_alloc|Array buffer allocation failed|cannot allocate memory|ENOMEM/i

/** Characters of such a message that a person gets to see. */
const shown = 200

/** The first line that tells of a lack of memory; null where none does. */
export function outOfMemoryLine(text: string): string | null {
  const line = text.split('\n').find((one) => wordings.test(one))
  return line === undefined ? null : line.trim().slice(0, shown)
}

/**
 * The problem that something thrown in the engine stands for: `out-of-memory` where TensorFlow or JavaScript had no
 * room, otherwise as `problemOf` says.
 */
export function engineProblemOf(thrown: unknown): Problem {
  if (thrown instanceof LabError) return thrown.problem
  const line = outOfMemoryLine(thrown instanceof Error ? thrown.message : String(thrown))
  return line === null ? problemOf(thrown) : problem('out-of-memory', { detail: line })
}

/** The problem of an engine that ended unasked, from its exit's detail: `out-of-memory` or `engine-crashed`. */
export function deathProblem(detail: string): Problem {
  return problem(outOfMemoryLine(detail) === null ? 'engine-crashed' : 'out-of-memory', { detail })
}

/**
 * How many processes this system has ended since its start because memory had run out, as Linux counts them (a
 * container's limit included). A process that is ended so gets SIGKILL and no word. 0 on systems that keep no such
 * count.
 */
export function systemMemoryKills(): number {
  if (process.platform !== 'linux') return 0
  try {
    return Number(/^oom_kill (\d+)$/m.exec(readFileSync('/proc/vmstat', 'utf8'))?.[1] ?? 0)
  } catch (thrown) {
    // A sandbox may hide it; then such an end shows as a crash with SIGKILL.
    if (thrown instanceof Error && 'code' in thrown) return 0
    throw thrown
  }
}
