import type { Statement } from 'better-sqlite3'
import { Checkpoint } from '../../core/run/run.ts'
import { refuse } from '../../core/words/problems.ts'
import type { Access } from './access.ts'
import type { Connection } from './connection.ts'

/** What the checkpoints of runs take of the disk, and giving back what is not needed of it. */
export class Space {
  readonly #connection: Connection
  readonly #access: Access
  readonly #state: Statement<[number], { state: string }>
  readonly #spare: Statement<[number], unknown>
  readonly #delete: Statement<[number, number]>
  readonly #bytes: Statement<[string], { run: number; bytes: number }>
  readonly #binned: Statement<[], { runs: number; bytes: number }>

  constructor(connection: Connection, access: Access) {
    this.#connection = connection
    this.#access = access
    this.#state = connection.prepare('SELECT state FROM runs WHERE id = ? AND erasing = 0')
    this.#spare = connection.prepare(
      `SELECT checkpoints.step, file, sha256, bytes, reason, checkpoints.created_at AS createdAt
       FROM checkpoints JOIN runs ON runs.id = run
       WHERE run = ? AND present = 1 AND checkpoints.step IS NOT best_step
         AND checkpoints.step < (SELECT max(step) FROM checkpoints AS newest WHERE newest.run = runs.id AND present = 1)
       ORDER BY checkpoints.step`,
    )
    this.#delete = connection.prepare('DELETE FROM checkpoints WHERE run = ? AND step = ?')
    this.#bytes = connection.prepare(
      `SELECT value AS run, coalesce((SELECT sum(bytes) FROM checkpoints WHERE run = value AND present = 1), 0) AS bytes
       FROM json_each(?)`,
    )
    this.#binned = connection.prepare(
      `SELECT count(*) AS runs,
         coalesce(sum((SELECT sum(bytes) FROM checkpoints WHERE run = runs.id AND present = 1)), 0) AS bytes
       FROM runs WHERE deleted_at IS NOT NULL AND erasing = 0`,
    )
  }

  /** @throws LabError `run-unknown` or `run-trains`. */
  check(ids: readonly number[]): void {
    this.#access.read(() => {
      for (const id of ids) {
        const { state } = this.#state.get(id) ?? refuse('run-unknown', { run: id })
        if (state === 'training') refuse('run-trains', { run: id })
      }
    })
  }

  /** Deletes the rows of all checkpoints of a run but its best and its last, and returns them. */
  giveBack(id: number): Checkpoint[] {
    return this.#access.durably(() => {
      const spare = this.#spare.all(id).map((row) => Checkpoint.parse(row))
      for (const { step } of spare) this.#delete.run(id, step)
      return spare
    })
  }

  /** Bytes of the checkpoints of these runs, in their order; 0 for one that is not there. */
  bytesOf(ids: readonly number[]): { run: number; bytes: number }[] {
    return this.#access.read(() => this.#bytes.all(JSON.stringify(ids)))
  }

  /** How many runs lie in the bin, and the bytes of their checkpoints. */
  binned(): { runs: number; bytes: number } {
    return this.#access.read(() => this.#binned.get() ?? { runs: 0, bytes: 0 })
  }

  /** Bytes of the history's file that coming runs can use. */
  reusableBytes(): number {
    return this.#access.read(
      () =>
        Number(this.#connection.pragma('freelist_count', { simple: true })) *
        Number(this.#connection.pragma('page_size', { simple: true })),
    )
  }
}
