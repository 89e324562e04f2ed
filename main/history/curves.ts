import type { Statement } from 'better-sqlite3'
import type { Curve, Metric } from '../../core/run/run.ts'
import { bucketWidth, sectionsOf, summarySizes } from './buckets.ts'
import type { Connection } from './connection.ts'

/** One bucket of a curve. */
interface Bucket {
  readonly bucket: number
  /** Its last step, and the training seconds at that step. */
  readonly step: number
  readonly seconds: number
  readonly min: number
  readonly max: number
  readonly sum: number
  readonly count: number
}

type BucketStatement = Statement<{ run: number; from: number; to: number; width: number }, Bucket>

/** Statements that read the values of one metric from the evaluations. */
interface EvaluatedStatements {
  readonly buckets: BucketStatement
  /** Number of values. */
  readonly count: Statement<[number, number, number], { count: number }>
}

type EvaluatedColumn = 'loss' | 'accuracy' | 'validation_loss' | 'validation_accuracy'

/** The column of the evaluations that holds each metric. */
const evaluatedColumns: readonly (readonly [Metric, EvaluatedColumn])[] = [
  ['testLoss', 'loss'],
  ['testAccuracy', 'accuracy'],
  ['validationLoss', 'validation_loss'],
  ['validationAccuracy', 'validation_accuracy'],
]

/** The steps of a run to read, both ends included, and the largest number of points to return. */
export interface CurveRange {
  readonly run: number
  readonly from: number
  readonly to: number
  readonly points: number
}

/** Curves sized for a picture: a bounded number of points, whatever the number of steps. */
export class Curves {
  readonly #batch: ReadonlyMap<string, BucketStatement>
  readonly #evaluated: ReadonlyMap<Metric, EvaluatedStatements>

  constructor(connection: Connection) {
    const batch = new Map<string, BucketStatement>()
    for (const metric of ['loss', 'accuracy'] as const) {
      batch.set(`${metric}/1`, connection.prepare(stepsSql(metric)))
      for (const size of summarySizes) batch.set(`${metric}/${size}`, connection.prepare(summariesSql(metric, size)))
    }
    this.#batch = batch
    this.#evaluated = new Map(
      evaluatedColumns.map(([metric, column]) => [
        metric,
        {
          buckets: connection.prepare(evaluationsSql(column)),
          count: connection.prepare(
            `SELECT count(${column}) AS count FROM evaluations WHERE run = ? AND step BETWEEN ? AND ?`,
          ),
        },
      ]),
    )
  }

  /** The curve of a metric over a range of steps. Minimum, maximum and mean are exact for the steps of the range. */
  read(metric: Metric, range: CurveRange): Omit<Curve, 'sequence'> {
    const evaluated = this.#evaluated.get(metric)
    return columns(
      range.run,
      metric,
      evaluated === undefined ? this.#batchBuckets(metric, range) : this.#evaluatedBuckets(evaluated, range),
    )
  }

  #batchBuckets(metric: Metric, range: CurveRange): Bucket[] {
    const { run, to, points } = range
    const from = Math.max(1, range.from)
    if (from > to) return []
    const width = bucketWidth(from, to, points)
    const buckets: Bucket[] = []
    for (const part of sectionsOf(from, to, width)) {
      const rows = this.#batch.get(`${metric}/${part.size}`)?.all({ run, from: part.from, to: part.to, width }) ?? []
      for (const row of rows) append(buckets, row)
    }
    return buckets
  }

  #evaluatedBuckets(statements: EvaluatedStatements, { run, from, to, points }: CurveRange): Bucket[] {
    if (from > to) return []
    const count = statements.count.get(run, from, to)?.count ?? 0
    // One point per evaluation if they fit. Their steps are far apart, so a grid would merge some and leave other cells
    // empty.
    const width = count <= points ? 1 : bucketWidth(Math.max(1, from), Math.max(1, to), points)
    return statements.buckets.all({ run, from, to, width })
  }
}

/** Appends a later bucket. The first row of a part may continue the last bucket of the part before. */
function append(buckets: Bucket[], next: Bucket): void {
  const last = buckets.at(-1)
  if (last?.bucket !== next.bucket) {
    buckets.push(next)
    return
  }
  buckets[buckets.length - 1] = {
    ...next,
    min: Math.min(last.min, next.min),
    max: Math.max(last.max, next.max),
    sum: last.sum + next.sum,
    count: last.count + next.count,
  }
}

function columns(run: number, metric: Metric, buckets: readonly Bucket[]): Omit<Curve, 'sequence'> {
  return {
    run,
    metric,
    step: buckets.map((bucket) => bucket.step),
    seconds: buckets.map((bucket) => bucket.seconds),
    min: buckets.map((bucket) => bucket.min),
    max: buckets.map((bucket) => bucket.max),
    mean: buckets.map((bucket) => bucket.sum / bucket.count),
  }
}

// A bound number is REAL, and SQLite would not divide by it to an integer.
const width = 'CAST(@width AS INTEGER)'

function stepsSql(metric: 'loss' | 'accuracy'): string {
  return `SELECT (step - 1) / ${width} AS bucket, max(step) AS step, max(seconds) AS seconds, min(${metric}) AS min, max(${metric}) AS max, sum(${metric}) AS sum, count(*) AS count
    FROM steps WHERE run = @run AND step BETWEEN @from AND @to GROUP BY 1 ORDER BY 1`
}

function summariesSql(metric: 'loss' | 'accuracy', size: number): string {
  return `SELECT bucket * ${size} / ${width} AS bucket, (max(bucket) + 1) * ${size} AS step, max(seconds) AS seconds,
      min(${metric}_min) AS min, max(${metric}_max) AS max, sum(${metric}_sum) AS sum, count(*) * ${size} AS count
    FROM summaries WHERE run = @run AND size = ${size} AND bucket BETWEEN (@from - 1) / ${size} AND @to / ${size} - 1 GROUP BY 1 ORDER BY 1`
}

/**
 * Step 0 is not a training step. It belongs to the first bucket of the grid, or stands alone when a bucket is one step.
 * Evaluations without a value in the column are left out.
 */
function evaluationsSql(column: EvaluatedColumn): string {
  return `SELECT (evaluations.step - 1) / ${width} AS bucket, max(evaluations.step) AS step, coalesce(max(seconds), 0) AS seconds,
      min(evaluations.${column}) AS min, max(evaluations.${column}) AS max, sum(evaluations.${column}) AS sum, count(*) AS count
    FROM evaluations LEFT JOIN steps ON steps.run = evaluations.run AND steps.step = evaluations.step
    WHERE evaluations.run = @run AND evaluations.step BETWEEN @from AND @to AND evaluations.${column} IS NOT NULL GROUP BY 1 ORDER BY 1`
}
