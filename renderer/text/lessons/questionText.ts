import type { GivenAnswer } from '../../../core/lessons/question.ts'
import type { GivenOf, OptionOf, QuestionId } from '../../../core/lessons/questions.ts'
import type { Formats } from '../formats.ts'
import { numberText, termText } from '../sumTexts.ts'

/** Numbers of a question in rows, such as a patch of an image. */
export interface GivenGrid {
  readonly label: string
  readonly values: readonly number[]
  readonly columns: number
}

/** A question with its answer, as it is said. */
export interface QuestionText<Given, Option extends string = string> {
  readonly ask: (given: Given, format: Formats) => string
  readonly grids?: (given: Given) => readonly GivenGrid[]
  /** How the answer comes about. */
  readonly working: (given: Given, answer: GivenAnswer, format: Formats) => string
  /** The options of a choice. */
  readonly options?: { readonly [One in Option]: () => string }
}

/** What questions say, of some of them. */
export type TextsOf<Ids extends QuestionId> = { readonly [Id in Ids]: QuestionText<GivenOf<Id>, OptionOf<Id>> }

/** A number without what double precision adds to it. */
export function plain(value: number, format: Formats): string {
  return numberText(Number(value.toFixed(6)), format)
}

/** A number within a formula: a negative one in brackets. */
export function term(value: number, format: Formats): string {
  return termText(Number(value.toFixed(6)), format)
}

/** A sum of products, written out: `0.2 · 0.5 + 0.4 · (−0.1)`. */
export function productsText(pairs: readonly (readonly [number, number])[], format: Formats): string {
  return pairs.map(([one, other]) => `${term(one, format)} · ${term(other, format)}`).join(' + ')
}

/** The answer as it is said where it was rounded: `≈ 0.731`, or `= 7`. */
export function rounded(value: GivenAnswer, decimals: number, format: Formats): string {
  if (typeof value === 'string') return value
  const exact = Math.abs(value - Number(value.toFixed(decimals))) < 1e-9
  return exact ? `= ${plain(value, format)}` : `≈ ${format.decimal(value, decimals).replace('-', '−')}`
}
