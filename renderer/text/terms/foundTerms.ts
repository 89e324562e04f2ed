import type { LessonId } from '../../../core/lessons/lessonId.ts'
import type { Language } from '../../../core/words/language.ts'
import { terms } from './terms.ts'

/** A term as a list shows it. */
export interface FoundTerm {
  readonly id: string
  readonly name: string
  readonly explanation: string
  readonly lesson: LessonId | null
}

/**
 * The terms that have all words of a text in their name or explanation, in the order of the alphabet; all of them for an
 * empty text. Those with the words in their name come first.
 */
export function foundTerms(text: string, language: Language): FoundTerm[] {
  const lowered = (words: string): string => words.toLocaleLowerCase(language)
  const wanted = lowered(text).split(/\s+/).filter(Boolean)
  const hasAll = (words: string): boolean => wanted.every((word) => lowered(words).includes(word))
  const { compare } = new Intl.Collator(language)
  const found = Object.entries(terms)
    .map(([id, { name, explanation, lesson }]) => ({ id, name: name(), explanation: explanation(), lesson }))
    .filter(({ name, explanation }) => hasAll(`${name} ${explanation}`))
    .sort((one, other) => compare(one.name, other.name))
  return [...found.filter(({ name }) => hasAll(name)), ...found.filter(({ name }) => !hasAll(name))]
}
