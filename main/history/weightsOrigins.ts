import type { Statement } from 'better-sqlite3'
import type { KeptWeights } from '../../core/run/branchPoint.ts'
import { WeightsOrigin } from '../../core/run/weightsOrigin.ts'
import type { Access } from './access.ts'
import type { Connection } from './connection.ts'

/** The columns of an origin; all null where a query has found none. */
export interface OriginRow {
  readonly origin_file: string | null
  readonly origin_run: number | null
  readonly origin_step: number | null
  readonly origin_variables: number | null
  readonly origin_anew: string | null
}

/** What a query selects for `OriginRow`, of the table `weights_origins` under the name `origin`. */
export const originColumns = `origin.file AS origin_file, origin.run AS origin_run, origin.step AS origin_step,
    origin.variables AS origin_variables, origin.anew AS origin_anew`

/** Where a run's weights came from; null where nothing is known of it. */
export function originOf(row: OriginRow): WeightsOrigin | null {
  const { origin_file: name, origin_run: run, origin_step: step, origin_variables: variables, origin_anew: anew } = row
  if (anew === null) return null
  const source = name === null ? { kind: 'run', run, step } : { kind: 'file', name }
  return WeightsOrigin.parse({ source, variables, anew: JSON.parse(anew) })
}

interface NewOrigin {
  readonly sha256: string
  readonly file: string | null
  readonly run: number | null
  readonly step: number | null
  readonly variables: number
  readonly anew: string
}

/** Where weights from elsewhere came from, by the sha256 of the file that keeps them. */
export class WeightsOrigins {
  readonly #access: Access
  readonly #add: Statement<NewOrigin>
  readonly #forget: Statement<[string]>

  constructor(connection: Connection, access: Access) {
    this.#access = access
    // The same tensors of the same source: what was said of them first stays true.
    this.#add = connection.prepare(
      `INSERT INTO weights_origins (sha256, file, run, step, variables, anew)
       VALUES (@sha256, @file, @run, @step, @variables, @anew) ON CONFLICT DO NOTHING`,
    )
    this.#forget = connection.prepare('DELETE FROM weights_origins WHERE sha256 = ?')
  }

  add({ sha256 }: KeptWeights, { source, variables, anew }: WeightsOrigin): void {
    const place =
      source.kind === 'file'
        ? { file: source.name, run: null, step: null }
        : { file: null, run: source.run, step: source.step }
    this.#access.durably(() => this.#add.run({ sha256, ...place, variables, anew: JSON.stringify(anew) }))
  }

  /** Forgets those whose file nothing begins with any more. */
  forget(sha256: string): void {
    this.#access.atomically(() => this.#forget.run(sha256))
  }
}
