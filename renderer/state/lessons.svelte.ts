import type { AnswerToGive, LessonAnswer, LessonsKept } from '../../core/lessons/answers.ts'
import type { LessonId } from '../../core/lessons/lessonId.ts'
import type { GivenAnswer } from '../../core/lessons/question.ts'
import { type QuestionId, questionsOf } from '../../core/lessons/questions.ts'
import type { Problem } from '../../core/words/problems.ts'
import { type LabConnection, lab } from './lab.svelte.ts'
import type { Answer } from './link.ts'

/** The questions of the lessons and what was answered, as the home folder keeps it. */
export class Lessons {
  /** Null before it has been read. */
  kept = $state.raw<LessonsKept | null>(null)
  problem = $state.raw<Problem | null>(null)
  readonly #lab: Pick<LabConnection, 'ask'>

  constructor(to: Pick<LabConnection, 'ask'> = lab) {
    this.#lab = to
  }

  async read(): Promise<void> {
    const answer = await this.#lab.ask((client) => client.lessons.read())
    this.problem = answer.ok ? null : answer.problem
    if (answer.ok) this.kept = answer.value
  }

  /** The last answer to a question; null where there is none. */
  lastOf(question: QuestionId): LessonAnswer | null {
    return this.kept?.answers.findLast((answer) => answer.question === question) ?? null
  }

  /** The first drawing of a question that was not answered. */
  nextOf(question: QuestionId): number {
    const drawings = (this.kept?.answers ?? []).flatMap((answer) =>
      answer.question === question ? [answer.drawing] : [],
    )
    return Math.max(-1, ...drawings) + 1
  }

  /** How many questions of a lesson were answered right at least once. */
  rightOf(lesson: LessonId): { readonly right: number; readonly total: number } {
    const all = questionsOf(lesson)
    const right = all.filter((id) => this.kept?.answers.some((answer) => answer.question === id && answer.right))
    return { right: right.length, total: all.length }
  }

  /** Gives an answer. The home folder checks and keeps it. */
  async answer(question: QuestionId, drawing: number, answer: GivenAnswer): Promise<void> {
    const given: AnswerToGive = { question, drawing, answer }
    this.#take(await this.#lab.ask((client) => client.lessons.answer(given)))
  }

  #take(answer: Answer<LessonAnswer>): void {
    this.problem = answer.ok ? null : answer.problem
    if (answer.ok && this.kept !== null) this.kept = { ...this.kept, answers: [...this.kept.answers, answer.value] }
  }
}

export const lessons = new Lessons()
