import type { Statement } from 'better-sqlite3'
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

  constructor(connection: Connection) {
    // A run that continues from the step of an evaluation may be evaluated there again.
    this.#insert = connection.prepare(
      `INSERT OR REPLACE INTO evaluations (run, step, loss, accuracy, validation_loss, validation_accuracy, evaluation_seconds)
       VALUES (@run, @step, @loss, @accuracy, @validationLoss, @validationAccuracy, @seconds)`,
    )
    this.#accuracy = connection
      .prepare<[number, number], number>('SELECT accuracy FROM evaluations WHERE run = ? AND step = ?')
      .pluck()
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

  /** Deletes all evaluations after this step. One at the step itself stays. */
  rewind(run: number, step: number): void {
    this.#rewind.run(run, step)
    this.#mark.run(run)
  }
}
