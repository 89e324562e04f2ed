import { z } from 'zod'
import { QuestionId } from './questions.ts'

/** A drawing of a question: 0 for the numbers that a student meets first. */
const Drawing = z.int().min(0).max(1_000_000)

/** An answer to give: a number, or the option that was chosen. */
export const AnswerToGive = z.strictObject({
  question: QuestionId,
  drawing: Drawing,
  answer: z.union([z.number(), z.string().max(40)]),
})
export type AnswerToGive = z.infer<typeof AnswerToGive>

/** An answer that was given. Each drawing of a question is answered once, for its working is shown then. */
export const LessonAnswer = z.strictObject({ ...AnswerToGive.shape, right: z.boolean(), at: z.iso.datetime() })
export type LessonAnswer = z.infer<typeof LessonAnswer>

/** What a home folder keeps of the lessons. */
export const LessonsKept = z.strictObject({
  /** From which the student's numbers are drawn, 0 to 2^32 - 1. */
  seed: z.int().min(0).max(0xffff_ffff),
  /** In the order in which they were given. */
  answers: z.array(LessonAnswer),
})
export type LessonsKept = z.infer<typeof LessonsKept>
