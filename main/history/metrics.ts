import type { Statement } from 'better-sqlite3'
import type { MetricRows } from '../../core/run/metricRows.ts'
import { summarySizes } from './buckets.ts'
import type { Connection } from './connection.ts'

/** Loss and accuracy of every step, with summaries. */
export class Metrics {
  readonly #insert: Statement<[number, number, number, number, number]>
  readonly #summarise: ReadonlyMap<number, Statement<{ run: number; bucket: number }>>
  readonly #rows: Statement<[number, number, number], [loss: number, accuracy: number, seconds: number]>
  readonly #deleteSteps: Statement<[number, number]>
  readonly #deleteSummaries: Statement<[number, number, number]>

  constructor(connection: Connection) {
    this.#insert = connection.prepare('INSERT INTO steps (run, step, loss, accuracy, seconds) VALUES (?, ?, ?, ?, ?)')
    this.#summarise = new Map(
      summarySizes.map((size, index) => [size, connection.prepare(summarySql(size, summarySizes[index + 1]))]),
    )
    this.#rows = connection
      .prepare<[number, number, number], [number, number, number]>(
        'SELECT loss, accuracy, seconds FROM steps WHERE run = ? AND step >= ? ORDER BY step LIMIT ?',
      )
      .raw()
    this.#deleteSteps = connection.prepare('DELETE FROM steps WHERE run = ? AND step > ?')
    this.#deleteSummaries = connection.prepare('DELETE FROM summaries WHERE run = ? AND size = ? AND bucket >= ?')
  }

  /** Adds the steps `first`, `first + 1`, ... and each summary that they complete. Call it within a transaction. */
  add(
    run: number,
    first: number,
    loss: readonly number[],
    accuracy: readonly number[],
    seconds: readonly number[],
  ): void {
    loss.forEach((value, index) => this.#insert.run(run, first + index, value, accuracy[index], seconds[index]))
    const last = first + loss.length - 1
    // Finest first, because a coarse summary is made from finer ones.
    for (const size of summarySizes.toReversed()) {
      for (let bucket = Math.floor((first - 1) / size); (bucket + 1) * size <= last; bucket += 1)
        this.#summarise.get(size)?.run({ run, bucket })
    }
  }

  /** The metrics of at most `count` steps from `first` on. A run's steps have no gaps. */
  rows(run: number, first: number, count: number): MetricRows {
    const rows = this.#rows.all(run, first, count)
    return {
      first,
      loss: rows.map(([loss]) => loss),
      accuracy: rows.map(([, accuracy]) => accuracy),
      seconds: rows.map(([, , seconds]) => seconds),
    }
  }

  /** Deletes all steps after this one and the summaries that are no longer complete. Call it within a transaction. */
  rewind(run: number, step: number): void {
    this.#deleteSteps.run(run, step)
    for (const size of summarySizes) this.#deleteSummaries.run(run, size, Math.floor(step / size))
  }
}

/**
 * Makes one summary of `size` steps from summaries of the `finer` size, or from the steps if there is no finer size.
 */
function summarySql(size: number, finer: number | undefined): string {
  const target =
    'INSERT INTO summaries (run, size, bucket, seconds, loss_min, loss_max, loss_sum, accuracy_min, accuracy_max, accuracy_sum)'
  if (finer === undefined) {
    return `${target} SELECT @run, ${size}, @bucket, max(seconds), min(loss), max(loss), sum(loss), min(accuracy), max(accuracy), sum(accuracy)
      FROM steps WHERE run = @run AND step BETWEEN @bucket * ${size} + 1 AND (@bucket + 1) * ${size}`
  }
  const ratio = size / finer
  return `${target} SELECT @run, ${size}, @bucket, max(seconds), min(loss_min), max(loss_max), sum(loss_sum), min(accuracy_min), max(accuracy_max), sum(accuracy_sum)
    FROM summaries WHERE run = @run AND size = ${finer} AND bucket BETWEEN @bucket * ${ratio} AND (@bucket + 1) * ${ratio} - 1`
}
