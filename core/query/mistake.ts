import type { Phrase } from '../words/phrases.ts'
import { problem, type Problem } from '../words/problems.ts'

/** What is wrong with a search, and where: from `from` up to, without, `to`. At its end both are its length. */
export interface Mistake {
  readonly from: number
  readonly to: number
  readonly why: Phrase
  /** What could stand there instead; null where nothing is likely. */
  readonly instead: string | null
}

/** The mistake as a sentence that can leave the text: it names what stands at the place. */
export function mistakeProblem(text: string, { from, to, why }: Mistake): Problem {
  const found = text.slice(from, to)
  if (found === '') return problem('search-cut-short', { why })
  const shown = found.length > 60 ? `${found.slice(0, 60)}…` : found
  return problem('search-wrong', { found: shown, place: from + 1, why })
}
