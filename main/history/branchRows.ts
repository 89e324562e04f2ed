import type { Statement } from 'better-sqlite3'
import type { Access } from './access.ts'
import type { Connection } from './connection.ts'

/** Which checkpoints are needed because branches begin with them. */
export class BranchRows {
  readonly #access: Access
  readonly #needed: Statement<[], { sha256: string }>

  constructor(connection: Connection, access: Access) {
    this.#access = access
    // A sweep under way begins runs that have no row yet, and so does the form of the next run.
    this.#needed = connection.prepare(
      `SELECT DISTINCT branch_sha256 AS sha256 FROM runs WHERE branch_sha256 IS NOT NULL
       UNION SELECT json_extract(plan, '$.base.config.from.sha256') FROM sweeps
         WHERE state IN ('active', 'paused') AND json_extract(plan, '$.base.config.from') IS NOT NULL
       UNION SELECT json_extract(value, '$.weights.from.sha256') FROM preferences
         WHERE name = 'choices.nextRun' AND json_extract(value, '$.weights.from') IS NOT NULL`,
    )
  }

  /** The sha256 of each file with which a run begins or may begin again, those in the bin among them. */
  needed(): Set<string> {
    return this.#access.read(() => new Set(this.#needed.all().map(({ sha256 }) => sha256)))
  }
}
