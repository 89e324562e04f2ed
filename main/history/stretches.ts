import type { Statement } from 'better-sqlite3'
import { Stretch } from '../../core/run/run.ts'
import type { EngineIdentity, RunState } from '../../core/run/run.ts'
import type { Connection } from './connection.ts'

interface StretchRow extends EngineIdentity {
  readonly computer: string | null
  readonly fromStep: number
  readonly toStep: number | null
  readonly startedAt: string
  readonly endedAt: string | null
  readonly ended: string | null
}

/** The stretches of a run, each computed by one engine without a break. */
export class Stretches {
  readonly #begin: Statement<EngineIdentity & { run: number; fromStep: number; computer: string | null; at: string }>
  readonly #end: Statement<{ run: number; toStep: number; ended: RunState; at: string }>
  readonly #all: Statement<[number], StretchRow>

  constructor(connection: Connection) {
    this.#begin = connection.prepare(
      `INSERT INTO stretches (run, from_step, tensorflow, binding, node, processor, threads, forms, computer, started_at)
       VALUES (@run, @fromStep, @tensorflow, @binding, @node, @processor, @threads, @graphVersion, @computer, @at)`,
    )
    this.#end = connection.prepare(
      'UPDATE stretches SET to_step = @toStep, ended = @ended, ended_at = @at WHERE run = @run AND ended IS NULL',
    )
    this.#all = connection.prepare(
      `SELECT from_step AS fromStep, to_step AS toStep, tensorflow, binding, node, processor, threads, forms AS graphVersion, computer, started_at AS startedAt, ended_at AS endedAt, ended
       FROM stretches WHERE run = ? ORDER BY id`,
    )
  }

  begin(run: number, fromStep: number, engine: EngineIdentity, computer: string | null, at: string): void {
    this.#begin.run({ ...engine, run, fromStep, computer, at })
  }

  /** Ends the current stretch, if there is one. A run can end before its engine was ready, and then has none. */
  end(run: number, toStep: number, ended: RunState, at: string): void {
    this.#end.run({ run, toStep, ended, at })
  }

  all(run: number): Stretch[] {
    return this.#all
      .all(run)
      .map(({ tensorflow, binding, node, processor, threads, graphVersion, ...rest }) =>
        Stretch.parse({ ...rest, engine: { tensorflow, binding, node, processor, threads, graphVersion } }),
      )
  }
}
