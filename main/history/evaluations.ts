import type { Statement } from 'better-sqlite3'
import { type CommonEvaluations, mostCommon, type RunPair } from '../../core/compare/commonEvaluations.ts'
import type { StoredPoint, UpTo } from '../../core/compare/equalFooting.ts'
import type { TimedEvaluation } from '../../core/run/metricRows.ts'
import type { Evaluation } from '../../core/run/run.ts'
import type { Connection } from './connection.ts'

interface Row {
  readonly step: number
  readonly loss: number
  readonly accuracy: number
  readonly validationLoss: number | null
  readonly validationAccuracy: number | null
  readonly seconds: number
}

/** An evaluation with the training seconds until then. */
type Measured = Omit<StoredPoint, 'best'>

/**
 * Evaluations on the whole test set and on the images held out for validation. A run's row says which is its best and
 * which its last.
 */
export class Evaluations {
  readonly #insert: Statement<
    Omit<Evaluation, 'validation'> & {
      run: number
      seconds: number
      validationLoss: number | null
      validationAccuracy: number | null
    }
  >
  readonly #rows: Statement<[number, number, number], Row>
  readonly #rewind: Statement<[number, number]>
  readonly #mark: Statement<[number]>
  readonly #accuracy: Statement<[number, number], number>
  readonly #lastToStep: Statement<[number, number], Measured>
  readonly #lastToSeconds: Statement<[number, number], Measured>
  readonly #common: Statement<[number, number, number], { step: number; first: number; second: number }>
  readonly #commonCount: Statement<[number, number], number>
  readonly #bestTo: Statement<[number, number], StoredPoint['best']>

  constructor(connection: Connection) {
    // A run that continues from the step of an evaluation may be evaluated there again.
    this.#insert = connection.prepare(
      `INSERT OR REPLACE INTO evaluations (run, step, loss, accuracy, validation_loss, validation_accuracy, evaluation_seconds)
       VALUES (@run, @step, @loss, @accuracy, @validationLoss, @validationAccuracy, @seconds)`,
    )
    this.#accuracy = connection
      .prepare<[number, number], number>('SELECT accuracy FROM evaluations WHERE run = ? AND step = ?')
      .pluck()
    const last = (limit: string): Statement<[number, number], Measured> =>
      connection.prepare(
        `SELECT evaluations.step, coalesce(seconds, 0) AS seconds, evaluations.accuracy, evaluations.loss
           FROM evaluations LEFT JOIN steps ON steps.run = evaluations.run AND steps.step = evaluations.step
          WHERE evaluations.run = ? AND ${limit} <= ? ORDER BY evaluations.step DESC LIMIT 1`,
      )
    this.#lastToStep = last('evaluations.step')
    this.#lastToSeconds = last('coalesce(seconds, 0)')
    const both = `FROM evaluations AS one JOIN evaluations AS other ON other.step = one.step
      WHERE one.run = ? AND other.run = ?`
    this.#common = connection.prepare(
      `SELECT one.step, one.accuracy AS first, other.accuracy AS second ${both} ORDER BY one.step DESC LIMIT ?`,
    )
    this.#commonCount = connection.prepare<[number, number], number>(`SELECT count(*) ${both}`).pluck()
    this.#bestTo = connection.prepare(
      'SELECT step, accuracy FROM evaluations WHERE run = ? AND step <= ? ORDER BY chosen_by DESC, step LIMIT 1',
    )
    // Among equals the earliest is the best.
    this.#mark = connection.prepare(
      `UPDATE runs SET
         best_step = (SELECT step FROM evaluations WHERE run = runs.id ORDER BY chosen_by DESC, step LIMIT 1),
         last_step = (SELECT max(step) FROM evaluations WHERE run = runs.id)
       WHERE id = ?`,
    )
    this.#rows = connection.prepare(
      `SELECT evaluations.step, evaluations.loss, evaluations.accuracy, validation_loss AS validationLoss,
         validation_accuracy AS validationAccuracy, coalesce(seconds, 0) AS seconds
       FROM evaluations LEFT JOIN steps ON steps.run = evaluations.run AND steps.step = evaluations.step
       WHERE evaluations.run = ? AND evaluations.step >= ? ORDER BY evaluations.step LIMIT ?`,
    )
    this.#rewind = connection.prepare('DELETE FROM evaluations WHERE run = ? AND step > ?')
  }

  /** @param seconds How long this one took. */
  add(run: number, evaluation: Evaluation, seconds: number): void {
    const { step, loss, accuracy, validation } = evaluation
    this.#insert.run({
      run,
      step,
      loss,
      accuracy,
      validationLoss: validation?.loss ?? null,
      validationAccuracy: validation?.accuracy ?? null,
      seconds,
    })
    this.#mark.run(run)
  }

  /** At most `count` evaluations from a step on, by ascending step. */
  rows(run: number, from: number, count: number): TimedEvaluation[] {
    return this.#rows.all(run, from, count).map(({ validationLoss, validationAccuracy, ...row }) => ({
      ...row,
      validation:
        validationLoss === null || validationAccuracy === null
          ? null
          : { loss: validationLoss, accuracy: validationAccuracy },
    }))
  }

  /** The accuracy on the test set at a step; null where it was not measured. */
  accuracyAt(run: number, step: number): number | null {
    return this.#accuracy.get(run, step) ?? null
  }

  /** The last evaluation up to a step or to so many training seconds, and the best until then; null: there is none. */
  lastUpTo(run: number, upTo: UpTo): StoredPoint | null {
    const last = 'step' in upTo ? this.#lastToStep.get(run, upTo.step) : this.#lastToSeconds.get(run, upTo.seconds)
    if (last === undefined) return null
    const best = this.#bestTo.get(run, last.step)
    return best === undefined ? null : { ...last, best }
  }

  /** The accuracies of two runs at the steps at which both were measured. */
  common({ first, second }: RunPair): CommonEvaluations {
    const rows = this.#common.all(first, second, mostCommon).toReversed()
    return {
      total: this.#commonCount.get(first, second) ?? 0,
      step: rows.map(({ step }) => step),
      first: rows.map((row) => row.first),
      second: rows.map((row) => row.second),
    }
  }

  /** Deletes all evaluations after this step. One at the step itself stays. */
  rewind(run: number, step: number): void {
    this.#rewind.run(run, step)
    this.#mark.run(run)
  }
}
