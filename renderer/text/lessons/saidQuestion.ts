import {
  answerOf,
  givenOf,
  type GivenOf,
  type OptionOf,
  type QuestionId,
  questions,
} from '../../../core/lessons/questions.ts'
import * as m from '../../messages/compiled/messages.js'
import type { Formats } from '../formats.ts'
import type { GivenGrid, QuestionText } from './questionText.ts'
import { questionTexts } from './questionTexts.ts'

interface Option {
  readonly value: string
  readonly label: string
}

/** A question with a student's numbers, as it is said. */
export interface SaidQuestion {
  readonly kind: 'number' | 'choice'
  readonly ask: string
  readonly grids: readonly GivenGrid[]
  /** Empty where a number is asked for. */
  readonly options: readonly Option[]
  /** How exactly a number is wanted. */
  readonly precision: string
  /** How the answer comes about. */
  readonly working: string
  /** Whether another drawing has other numbers. */
  readonly varies: boolean
  readonly optionText: (option: string) => string | undefined
}

const precisions = [m.lesson_whole, m.lesson_one_decimal, m.lesson_two_decimals, m.lesson_three_decimals]

/** Says a drawing of a question. */
export function saidQuestion<Id extends QuestionId>(
  id: Id,
  seed: number,
  drawing: number,
  format: Formats,
): SaidQuestion {
  const question = questions[id]
  const text: QuestionText<GivenOf<Id>, OptionOf<Id>> = questionTexts[id]
  const given = givenOf(id, seed, drawing)
  const labels: Readonly<Record<string, () => string>> = text.options ?? {}
  const options = question.kind === 'choice' ? question.options : []
  return {
    kind: question.kind,
    ask: text.ask(given, format),
    grids: text.grids?.(given) ?? [],
    options: options.map((value) => ({ value, label: labels[value]() })),
    precision: question.kind === 'number' ? precisions[question.decimals]() : '',
    working: text.working(given, answerOf(id, given), format),
    varies: Object.keys(given).length > 0,
    optionText: (option) => (Object.hasOwn(labels, option) ? labels[option]() : undefined),
  }
}
