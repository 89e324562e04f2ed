import { mostCurves, unpackedCurve, type CurveKey, type CurvesAnswer, type ReadCurve } from '../../core/run/curve.ts'
import { problem } from '../../core/words/problems.ts'
import type { StepRange } from '../charts/axis.ts'
import type { LabConnection } from './lab.svelte.ts'
import type { Answer } from './link.ts'

/** Number of points to request: as many as a wide chart can show. */
export const curvePoints = 1000

interface Question {
  readonly key: CurveKey
  /** Null: the whole run. */
  readonly range: StepRange | null
  readonly resolve: (answer: Answer<ReadCurve>) => void
}

/** Reads curves: all that are asked for in one go by one call. */
export class CurveReader {
  readonly #lab: Pick<LabConnection, 'ask'>
  #questions: Question[] = []

  constructor(lab: Pick<LabConnection, 'ask'>) {
    this.#lab = lab
  }

  /** Reads a curve, or a range of it in more detail. Never rejects: failures are part of the answer. */
  read(key: CurveKey, range: StepRange | null): Promise<Answer<ReadCurve>> {
    return new Promise((resolve) => {
      if (this.#questions.length === 0) queueMicrotask(() => this.#askAll())
      this.#questions.push({ key, range, resolve })
    })
  }

  #askAll(): void {
    const ofRange = new Map<string, Question[]>()
    for (const question of this.#questions) {
      const name = question.range === null ? '' : `${question.range.from} ${question.range.to}`
      const same = ofRange.get(name)
      if (same === undefined) ofRange.set(name, [question])
      else same.push(question)
    }
    this.#questions = []
    for (const questions of ofRange.values())
      for (let from = 0; from < questions.length; from += mostCurves)
        void this.#ask(questions.slice(from, from + mostCurves))
  }

  async #ask(questions: readonly Question[]): Promise<void> {
    const curves = questions.map(({ key }) => key)
    const range = questions[0].range ?? {}
    const answer = await this.#lab.ask((client) => client.runs.curves({ curves, points: curvePoints, ...range }))
    questions.forEach(({ resolve }, index) => resolve(answer.ok ? answerAt(answer.value, index) : answer))
  }
}

function answerAt(answers: CurvesAnswer, index: number): Answer<ReadCurve> {
  const one = answers.at(index)
  if (one === undefined) return { ok: false, problem: problem('internal', { detail: `no curve ${index}` }) }
  return 'problem' in one ? { ok: false, problem: one.problem } : { ok: true, value: unpackedCurve(one) }
}
