import { oc } from '@orpc/contract'
import { AnswerToGive, LessonAnswer, LessonsKept } from '../lessons/answers.ts'
import { Problem } from '../words/problems.ts'

const call = oc.errors({ PROBLEM: { data: Problem } })

/** The questions of the lessons, and what was answered. */
export const lessonsContract = {
  read: call.output(LessonsKept),
  /** Checks an answer and keeps it. Refused for a drawing that was answered before. */
  answer: call.input(AnswerToGive).output(LessonAnswer),
}
