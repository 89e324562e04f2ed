import type { Statement } from 'better-sqlite3'
import { refuse } from '../../core/words/problems.ts'
import { Checkpoint } from '../../core/run/run.ts'
import type { Connection } from './connection.ts'
import { stepsToGiveUp } from './keeping.ts'

const columns = 'step, file, sha256, bytes, reason, created_at AS createdAt'

/** The checkpoints that count: those with both a row and a file. */
export class Checkpoints {
  readonly #insert: Statement<Checkpoint & { run: number; trainingSeconds: number }>
  readonly #all: Statement<[number], unknown>
  readonly #written: Statement<[number], unknown>
  readonly #newest: Statement<[number], unknown>
  readonly #one: Statement<[number, number], unknown>
  readonly #find: Statement<[number, number]>
  readonly #trainingSeconds: Statement<[number, number], { seconds: number }>
  readonly #bestStep: Statement<[number], { step: number | null }>
  readonly #delete: Statement<[number, number]>
  readonly #rewind: Statement<[number, number]>

  constructor(connection: Connection) {
    // A run that continues from an older checkpoint reaches the steps of later ones again.
    this.#insert = connection.prepare(
      `INSERT OR REPLACE INTO checkpoints (run, step, file, sha256, bytes, reason, training_seconds, created_at)
       VALUES (@run, @step, @file, @sha256, @bytes, @reason, @trainingSeconds, @createdAt)`,
    )
    this.#all = connection.prepare(`SELECT ${columns} FROM checkpoints WHERE run = ? AND present = 1 ORDER BY step`)
    this.#written = connection.prepare(`SELECT ${columns} FROM checkpoints WHERE run = ? ORDER BY step`)
    this.#newest = connection.prepare(
      `SELECT ${columns} FROM checkpoints WHERE run = ? AND present = 1 ORDER BY step DESC LIMIT 1`,
    )
    this.#one = connection.prepare(`SELECT ${columns} FROM checkpoints WHERE run = ? AND step = ? AND present = 1`)
    this.#find = connection.prepare('UPDATE checkpoints SET present = 1 WHERE run = ? AND step = ?')
    this.#trainingSeconds = connection.prepare(
      'SELECT training_seconds AS seconds FROM checkpoints WHERE run = ? AND step = ?',
    )
    this.#bestStep = connection.prepare('SELECT best_step AS step FROM runs WHERE id = ?')
    this.#delete = connection.prepare('DELETE FROM checkpoints WHERE run = ? AND step = ?')
    // Includes checkpoints whose file is missing. They must not count if the file comes back, because the metrics up to
    // their step are gone.
    this.#rewind = connection.prepare('DELETE FROM checkpoints WHERE run = ? AND step > ?')
  }

  add(run: number, checkpoint: Checkpoint, trainingSeconds: number): void {
    this.#insert.run({ ...checkpoint, run, trainingSeconds })
  }

  /** Checkpoints of a run, by ascending step. */
  all(run: number): Checkpoint[] {
    return this.#all.all(run).map((row) => Checkpoint.parse(row))
  }

  /** Checkpoints of a run, by ascending step, including those whose file is missing. */
  written(run: number): Checkpoint[] {
    return this.#written.all(run).map((row) => Checkpoint.parse(row))
  }

  newest(run: number): Checkpoint | null {
    const row = this.#newest.get(run)
    return row === undefined ? null : Checkpoint.parse(row)
  }

  /** @throws LabError `checkpoint-unknown`, with the steps that exist. */
  at(run: number, step: number): Checkpoint {
    const row = this.#one.get(run, step)
    if (row !== undefined) return Checkpoint.parse(row)
    return refuse('checkpoint-unknown', {
      run,
      step,
      known:
        this.all(run)
          .map((checkpoint) => checkpoint.step)
          .join(', ') || '—',
    })
  }

  /**
   * Counts a checkpoint again whose file was missing and was now found intact.
   * @throws LabError `checkpoint-unknown`, with the steps that exist.
   */
  found(run: number, step: number): void {
    if (this.#find.run(run, step).changes === 0) this.at(run, step)
  }

  /** Training seconds of the run from step 0 to this checkpoint. */
  trainingSecondsAt(run: number, step: number): number {
    return this.#trainingSeconds.get(run, step)?.seconds ?? 0
  }

  /** Deletes the rows that the keeping rule drops and returns them. Call it within a transaction. */
  prune(run: number): Checkpoint[] {
    const all = this.all(run)
    const steps = new Set(
      stepsToGiveUp(
        all.map((checkpoint) => checkpoint.step),
        this.#bestStep.get(run)?.step ?? null,
      ),
    )
    const given = all.filter((checkpoint) => steps.has(checkpoint.step))
    for (const checkpoint of given) this.#delete.run(run, checkpoint.step)
    return given
  }

  /** Deletes the rows after this step. Call it within a transaction. */
  rewind(run: number, step: number): void {
    this.#rewind.run(run, step)
  }
}
