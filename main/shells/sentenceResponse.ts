import { spokenLanguage, type Language } from '../../core/words/language.ts'
import { sentenceOf, type Problem } from '../../core/words/problems.ts'

/** The language for a request: the first that it names of the two that the lab speaks. */
export function languageOf(acceptLanguage: string | null | undefined): Language {
  return spokenLanguage((acceptLanguage ?? '').split(',').map((part) => part.split(';', 1)[0].trim()))
}

/** A problem as a page of one sentence. */
export function sentenceResponse(status: number, problem: Problem, language: Language): Response {
  return new Response(`${sentenceOf(problem, language)}\n`, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  })
}
