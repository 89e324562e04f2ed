import type { Statement } from 'better-sqlite3'
import { checkedExpectation, type Expectation, KeptExpectation } from '../../core/expectations/expectation.ts'
import { type ExpectedRun, reachedAccuracy, verdictOf } from '../../core/expectations/judged.ts'
import { RunState } from '../../core/run/run.ts'
import { refuse } from '../../core/words/problems.ts'
import type { Access } from './access.ts'
import type { Connection } from './connection.ts'

/** The columns of an expectation; all null where a query has found none. */
export interface ExpectationRow {
  readonly expected_accuracy: number | null
  readonly expected_other: number | null
  readonly expected_better: string | null
  readonly expected_because: string | null
  readonly expected_written_at: string | null
  readonly expected_locked_at: string | null
}

/** What a query selects for `ExpectationRow`, of the table `expectations` under the name `expected`. */
export const expectationColumns = `expected.accuracy AS expected_accuracy, expected.other AS expected_other,
    expected.better AS expected_better, expected.because AS expected_because,
    expected.written_at AS expected_written_at, expected.locked_at AS expected_locked_at`

interface ExpectedRow extends ExpectationRow {
  readonly run: number
  readonly name: string | null
  readonly state: string
  readonly accuracy: number | null
  /** Null where there is no such run any more. */
  readonly other_state: string | null
  readonly other_name: string | null
  readonly other_accuracy: number | null
}

interface Written {
  readonly run: number
  readonly accuracy: number | null
  readonly other: number | null
  readonly better: string | null
  readonly because: string
  readonly at: string
}

interface Standing {
  readonly state: string
  readonly deletedAt: string | null
}

/** What a person expects of runs. It can be changed while a run waits in the queue, and never after. */
export class Expectations {
  readonly #access: Access
  readonly #standing: Statement<[number], Standing>
  readonly #insert: Statement<Written & { readonly lockedAt: string | null }>
  readonly #delete: Statement<[number]>
  readonly #all: Statement<[], ExpectedRow>

  constructor(connection: Connection, access: Access) {
    this.#access = access
    this.#standing = connection.prepare('SELECT state, deleted_at AS deletedAt FROM runs WHERE id = ? AND erasing = 0')
    this.#insert = connection.prepare(
      `INSERT INTO expectations (run, accuracy, other, better, because, written_at, locked_at)
       VALUES (@run, @accuracy, @other, @better, @because, @at, @lockedAt)`,
    )
    this.#delete = connection.prepare('DELETE FROM expectations WHERE run = ?')
    this.#all = connection.prepare(
      `SELECT runs.id AS run, runs.name, runs.state, last.accuracy, ${expectationColumns},
         other.state AS other_state, other.name AS other_name, other_last.accuracy AS other_accuracy
       FROM expectations AS expected
       JOIN runs ON runs.id = expected.run AND runs.deleted_at IS NULL
       LEFT JOIN evaluations AS last ON last.run = runs.id AND last.step = runs.last_step
       LEFT JOIN runs AS other ON other.id = expected.other AND other.erasing = 0
       LEFT JOIN evaluations AS other_last ON other_last.run = other.id AND other_last.step = other.last_step
       ORDER BY runs.id`,
    )
  }

  /**
   * Stores what is expected of a run that was created in the same transaction: locked, or open while it is queued.
   * @throws LabError `run-unknown` or `run-in-bin` for the run that it is compared with, or as `checkedExpectation`.
   */
  addWithin(run: number, expectation: Expectation | null, at: string): void {
    if (expectation === null) return
    const { state } = this.#standingOf(run)
    this.#write(run, expectation, at, state === 'queued' ? null : at)
  }

  /**
   * Replaces what is expected of a run that waits in the queue; null takes it back.
   * @throws LabError `run-unknown`, `expectation-locked` for a run that has left the queue, `expectation-of-itself`, or as
   *   `addWithin`; nothing is changed then.
   */
  write(run: number, expectation: Expectation | null): void {
    this.#access.durably(() => {
      if (this.#standingOf(run).state !== 'queued') refuse('expectation-locked', { run })
      this.#delete.run(run)
      this.#write(run, expectation, new Date().toISOString(), null)
    })
  }

  /** Everything that is expected of runs that do not lie in the bin, beside what has come of it. */
  all(): ExpectedRun[] {
    return this.#access.read(() => this.#all.all().flatMap(expectedOf))
  }

  #write(run: number, expectation: Expectation | null, at: string, lockedAt: string | null): void {
    const checked = expectation === null ? null : checkedExpectation(expectation)
    if (checked === null) return
    const { accuracy, versus, because } = checked
    if (versus?.run === run) refuse('expectation-of-itself', { run })
    if (versus !== null && this.#standingOf(versus.run).deletedAt !== null) refuse('run-in-bin', { run: versus.run })
    const [other, better] = [versus?.run ?? null, versus?.better ?? null]
    this.#insert.run({ run, accuracy, other, better, because, at, lockedAt })
  }

  #standingOf(run: number): Standing {
    return this.#standing.get(run) ?? refuse('run-unknown', { run })
  }
}

/** The expectation in a row; null where there is none. */
export function expectationOf(row: ExpectationRow): KeptExpectation | null {
  if (row.expected_because === null) return null
  return KeptExpectation.parse({
    accuracy: row.expected_accuracy,
    versus: row.expected_other === null ? null : { run: row.expected_other, better: row.expected_better },
    because: row.expected_because,
    writtenAt: row.expected_written_at,
    lockedAt: row.expected_locked_at,
  })
}

function expectedOf(row: ExpectedRow): ExpectedRun[] {
  const expectation = expectationOf(row)
  if (expectation === null) return []
  const reached = reachedAccuracy(RunState.parse(row.state), row.accuracy)
  const { versus } = expectation
  if (versus === null) return [{ run: row.run, name: row.name, expectation, reached, other: null }]
  const others = row.other_state === null ? null : reachedAccuracy(RunState.parse(row.other_state), row.other_accuracy)
  const verdict = row.other_state === null ? 'gone' : verdictOf(versus.better, reached, others)
  const other = { run: versus.run, name: row.other_name, reached: others, verdict }
  return [{ run: row.run, name: row.name, expectation, reached, other }]
}
