import { setImmediate as eventLoopTurn } from 'node:timers/promises'
import type { MeasuredSteps } from '../../core/export/tensorboard/stepSummaries.ts'
import type { Health } from '../../core/health/health.ts'
import type { TimedEvaluation } from '../../core/run/metricRows.ts'
import type { History } from '../history/history.ts'

/** Steps that are read at a time, so that nothing else waits long. */
const stepsAtOnce = 5000
const othersAtOnce = 100

/** Rows of the history by ascending step, a page at a time. `next` gives those up to a step. */
class Ascending<Row extends { readonly step: number }> {
  readonly #page: (after: number | null) => readonly Row[]
  #waiting: readonly Row[] = []
  #after: number | null
  #ended = false

  constructor(after: number | null, page: (after: number | null) => readonly Row[]) {
    this.#page = page
    this.#after = after
  }

  upTo(step: number): Row[] {
    const found: Row[] = []
    for (;;) {
      const among = this.#waiting.filter((row) => row.step <= step)
      found.push(...among)
      this.#waiting = this.#waiting.slice(among.length)
      if (this.#waiting.length > 0 || this.#ended) return found
      this.#waiting = this.#page(this.#after)
      this.#after = this.#waiting.at(-1)?.step ?? this.#after
      this.#ended = this.#waiting.length < othersAtOnce
    }
  }
}

/**
 * Everything that was measured of a run after a step, or from its beginning on, a page at a time.
 * @param withHealth Whether the health of its layers is read too.
 * @param until The last step that is read.
 * @throws LabError `run-unknown`.
 */
export async function* measuredSteps(
  history: History,
  run: number,
  from: number | null,
  withHealth: boolean,
  until = Infinity,
): AsyncGenerator<MeasuredSteps> {
  const evaluations = new Ascending<TimedEvaluation>(from, (after) =>
    history.evaluations({ run, after, count: othersAtOnce }),
  )
  const health = new Ascending<Health>(from, (after) => history.healthRows({ run, after, count: othersAtOnce }))
  for (let after = from ?? 0; ; after += stepsAtOnce) {
    const rows = history.steps({ run, after, count: Math.max(0, Math.min(stepsAtOnce, until - after)) })
    const last = after + rows.loss.length
    yield { rows, evaluations: evaluations.upTo(last), health: withHealth ? health.upTo(last) : [] }
    if (rows.loss.length < stepsAtOnce) return
    await eventLoopTurn()
  }
}
