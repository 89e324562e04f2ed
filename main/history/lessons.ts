import { randomInt } from 'node:crypto'
import type { Statement } from 'better-sqlite3'
import { type AnswerToGive, LessonAnswer, type LessonsKept } from '../../core/lessons/answers.ts'
import { answersRight } from '../../core/lessons/questions.ts'
import { canonicalJson } from '../../core/numbers/canonicalJson.ts'
import { refuse } from '../../core/words/problems.ts'
import type { Access } from './access.ts'
import type { Connection } from './connection.ts'

interface AnswerRow {
  readonly question: string
  readonly drawing: number
  readonly answer: string
  readonly correct: number
  readonly answered_at: string
}

/** What was answered in the lessons, and the seed from which the student's numbers are drawn. */
export class Lessons {
  readonly #access: Access
  readonly #seed: Statement<[], { readonly seed: number }>
  readonly #keepSeed: Statement<[number]>
  readonly #all: Statement<[], AnswerRow>
  readonly #known: Statement<[string, number], AnswerRow>
  readonly #insert: Statement<[string, number, string, number, string]>

  constructor(connection: Connection, access: Access) {
    this.#access = access
    this.#seed = connection.prepare('SELECT seed FROM lesson_seed')
    this.#keepSeed = connection.prepare('INSERT INTO lesson_seed (place, seed) VALUES (1, ?)')
    this.#all = connection.prepare('SELECT * FROM lesson_answers ORDER BY id')
    this.#known = connection.prepare('SELECT * FROM lesson_answers WHERE question = ? AND drawing = ?')
    this.#insert = connection.prepare(
      'INSERT INTO lesson_answers (question, drawing, answer, correct, answered_at) VALUES (?, ?, ?, ?, ?)',
    )
  }

  /** All answers, in the order in which they were given. */
  answers(): LessonAnswer[] {
    return this.#access.read(() => this.#all.all()).flatMap(answerOf)
  }

  /** All answers. The seed is drawn when it is first asked for, and stays. */
  kept(): LessonsKept {
    return { seed: this.#seedOfHome(), answers: this.answers() }
  }

  /**
   * Checks an answer and keeps it.
   * @throws LabError `lesson-answered` where this drawing of the question was answered before.
   */
  answer({ question, drawing, answer }: AnswerToGive): LessonAnswer {
    const right = answersRight(question, this.#seedOfHome(), drawing, answer)
    const at = new Date().toISOString()
    this.#access.durably(() => {
      if (this.#known.get(question, drawing) !== undefined) refuse('lesson-answered', {})
      this.#insert.run(question, drawing, canonicalJson(answer), Number(right), at)
    })
    return { question, drawing, answer, right, at }
  }

  #seedOfHome(): number {
    const kept = this.#access.read(() => this.#seed.get())
    if (kept !== undefined) return kept.seed
    const seed = randomInt(2 ** 32)
    this.#access.durably(() => this.#keepSeed.run(seed))
    return seed
  }
}

/** An answer as it is stored; none for a question that only a newer Conv Lab asks. */
function answerOf({ question, drawing, answer, correct, answered_at: at }: AnswerRow): LessonAnswer[] {
  const known = LessonAnswer.safeParse({ question, drawing, answer: JSON.parse(answer), right: correct === 1, at })
  return known.success ? [known.data] : []
}
