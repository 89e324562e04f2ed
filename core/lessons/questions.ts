import { z } from 'zod'
import { Draw } from './draw.ts'
import type { LessonId } from './lessonId.ts'
import { type GivenAnswer, isRight, type Question } from './question.ts'
import { activationQuestions } from './questions/activation.ts'
import { batchQuestions } from './questions/batch.ts'
import { convolutionQuestions } from './questions/convolution.ts'
import { denseQuestions } from './questions/dense.ts'
import { distortionQuestions } from './questions/distortion.ts'
import { imageQuestions } from './questions/image.ts'
import { landscapeQuestions } from './questions/landscape.ts'
import { neuronQuestions } from './questions/neuron.ts'
import { softmaxQuestions } from './questions/softmax.ts'
import { subsamplingQuestions } from './questions/subsampling.ts'
import { tanhQuestions } from './questions/tanh.ts'
import { testSetQuestions } from './questions/testSet.ts'
import { weightsQuestions } from './questions/weights.ts'

const all = {
  ...imageQuestions,
  ...neuronQuestions,
  ...convolutionQuestions,
  ...subsamplingQuestions,
  ...activationQuestions,
  ...denseQuestions,
  ...softmaxQuestions,
  ...landscapeQuestions,
  ...batchQuestions,
  ...weightsQuestions,
  ...distortionQuestions,
  ...testSetQuestions,
  ...tanhQuestions,
}

export type QuestionId = keyof typeof all
/** What a question gives. */
export type GivenOf<Id extends QuestionId> = ReturnType<(typeof all)[Id]['draw']>
/** The options of a question that asks for a choice; never for one that asks for a number. */
export type OptionOf<Id extends QuestionId> = (typeof all)[Id] extends {
  options: readonly (infer Option extends string)[]
}
  ? Option
  : never

export const questions: { readonly [Id in QuestionId]: Question<GivenOf<Id>> } = all

function isQuestion(id: string): id is QuestionId {
  return Object.hasOwn(all, id)
}

export const questionIds: readonly QuestionId[] = Object.keys(all).filter(isQuestion)

export const QuestionId = z.custom<QuestionId>((id) => typeof id === 'string' && isQuestion(id))

/** The questions of a lesson, in their order. */
export function questionsOf(lesson: LessonId): readonly QuestionId[] {
  return questionIds.filter((id) => questions[id].lesson === lesson)
}

/**
 * What a question gives a student.
 * @param seed The student's own.
 * @param drawing 0 for the first time; each further one has other numbers.
 */
export function givenOf<Id extends QuestionId>(id: Id, seed: number, drawing: number): GivenOf<Id> {
  const question: Question<GivenOf<Id>> = questions[id]
  return question.draw(new Draw(seed, question.number, drawing))
}

/** The right answer. */
export function answerOf<Id extends QuestionId>(id: Id, given: GivenOf<Id>): GivenAnswer {
  const question: Question<GivenOf<Id>> = questions[id]
  return question.answer(given)
}

/** Whether an answer to a drawing of a question is right. */
export function answersRight<Id extends QuestionId>(
  id: Id,
  seed: number,
  drawing: number,
  answer: GivenAnswer,
): boolean {
  const question: Question<GivenOf<Id>> = questions[id]
  return isRight(question, givenOf(id, seed, drawing), answer)
}
