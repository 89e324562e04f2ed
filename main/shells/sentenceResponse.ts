import type { Language } from '../../core/words/language.ts'
import { sentenceOf, type Problem } from '../../core/words/problems.ts'

/** A problem as a page of one sentence. */
export function sentenceResponse(status: number, problem: Problem, language: Language): Response {
  return new Response(`${sentenceOf(problem, language)}\n`, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  })
}
