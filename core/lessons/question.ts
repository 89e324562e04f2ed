import type { Draw } from './draw.ts'
import type { LessonId } from './lessonId.ts'

interface Common<Given> {
  readonly lesson: LessonId
  /** The question's own, from which its numbers are drawn. Never given to another one. */
  readonly number: number
  /** What the question gives: its numbers for one student. */
  readonly draw: (draw: Draw) => Given
}

/** A question whose answer is a number. */
export interface NumberQuestion<Given> extends Common<Given> {
  readonly kind: 'number'
  /** Decimals that are asked for; 0 wants the whole number exactly. */
  readonly decimals: number
  readonly answer: (given: Given) => number
}

/** A question whose answer is one of several sentences. */
export interface ChoiceQuestion<Given, Option extends string = string> extends Common<Given> {
  readonly kind: 'choice'
  readonly options: readonly Option[]
  readonly answer: (given: Given) => Option
}

export type Question<Given> = NumberQuestion<Given> | ChoiceQuestion<Given>

export function asksForNumber<Given>(question: Omit<NumberQuestion<Given>, 'kind'>): NumberQuestion<Given> {
  return { kind: 'number', ...question }
}

export function asksForChoice<Given, const Option extends string>(
  question: Omit<ChoiceQuestion<Given, Option>, 'kind'>,
): ChoiceQuestion<Given, Option> {
  return { kind: 'choice', ...question }
}

/** What a person gives as an answer: a number, or the option that was chosen. */
export type GivenAnswer = number | string

/**
 * Whether an answer is right. Of a number with decimals it may be off by one in the last place that is asked for, since
 * people round as they go.
 */
export function isRight<Given>(question: Question<Given>, given: Given, answer: GivenAnswer): boolean {
  if (question.kind === 'choice') return answer === question.answer(given)
  if (typeof answer !== 'number') return false
  const off = Math.abs(answer - question.answer(given))
  return question.decimals === 0 ? off < 1e-9 : off <= 10 ** -question.decimals + 1e-9
}
