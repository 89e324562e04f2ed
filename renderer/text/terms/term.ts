import type { LessonId } from '../../../core/lessons/lessonId.ts'
import type { Bilingual } from '../../../core/words/language.ts'
import { shownLanguage } from '../shownLanguage.ts'

/** A technical term of the window with what it means. */
export interface Term {
  /** What it is called where it stands alone, as in the list of all terms. */
  readonly name: () => string
  /** What it is and what it does, in the language of the window. */
  readonly explanation: () => string
  readonly texts: Bilingual
  /** The lesson that says more of it; null where none is about it. */
  readonly lesson: LessonId | null
}

function said(texts: Bilingual): () => string {
  return () => texts[shownLanguage()]
}

/**
 * A term.
 * @param name A message that is its label in the window, or its name in both languages where it is no label of its own.
 */
export function term(name: (() => string) | Bilingual, texts: Bilingual, lesson: LessonId | null): Term {
  return { name: typeof name === 'function' ? name : said(name), explanation: said(texts), texts, lesson }
}
