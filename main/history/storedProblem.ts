import { canonicalJson } from '../../core/numbers/canonicalJson.ts'
import { Problem, problem } from '../../core/words/problems.ts'

/** A problem as a column of the history holds it. */
export function textOfProblem(of: Problem | null): string | null {
  return of === null ? null : canonicalJson(of)
}

/**
 * Reads a problem that was stored. One that this version has no sentence for must not make the history unreadable; it
 * is shown as stored.
 */
export function problemOfText(text: string | null): Problem | null {
  if (text === null) return null
  const read = Problem.safeParse(JSON.parse(text))
  return read.success ? read.data : problem('internal', { detail: text })
}
