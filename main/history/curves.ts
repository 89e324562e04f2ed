import type { Statement } from 'better-sqlite3'
import { bucketOf, type Curve } from '../../core/run/curve.ts'
import type { Metric } from '../../core/run/run.ts'
import { bucketWidth, sectionsOf, summarySizes } from './buckets.ts'
import type { Connection } from './connection.ts'

type BatchMetric = 'loss' | 'accuracy'

/** Consecutive steps in one row: the last of them, the training seconds at it, and what is known of their values. */
type Row = readonly [step: number, seconds: number, min: number, max: number, sum: number]

/** Takes a run and the first and last step. */
type RowStatement = Statement<[number, number, number], Row>

/** One bucket of the evaluations. */
interface Bucket {
  /** Its last step, and the training seconds at that step. */
  readonly step: number
  readonly seconds: number
  readonly min: number
  readonly max: number
  readonly mean: number
}

/** Statements that read the values of one metric from the evaluations. */
interface EvaluatedStatements {
  readonly buckets: Statement<{ run: number; from: number; to: number; width: number }, Bucket>
  /** Number of values. */
  readonly count: Statement<[number, number, number], { count: number }>
}

type EvaluatedColumn = 'loss' | 'accuracy' | 'validation_loss' | 'validation_accuracy'

/** The column of the evaluations that holds each metric. */
const evaluatedColumns: Readonly<Record<Exclude<Metric, BatchMetric>, EvaluatedColumn>> = {
  testLoss: 'loss',
  testAccuracy: 'accuracy',
  validationLoss: 'validation_loss',
  validationAccuracy: 'validation_accuracy',
}

/** The steps of a run to read, both ends included, and the largest number of points to return. */
export interface CurveRange {
  readonly run: number
  readonly from: number
  readonly to: number
  readonly points: number
}

/** Curves sized for a picture: a bounded number of points, whatever the number of steps. */
export class Curves {
  /** By metric and size of the summaries; size 1: the steps. */
  readonly #batch: ReadonlyMap<string, RowStatement>
  readonly #evaluated: ReadonlyMap<Metric, EvaluatedStatements>

  constructor(connection: Connection) {
    const batch = new Map<string, RowStatement>()
    for (const metric of ['loss', 'accuracy'] as const) {
      batch.set(`${metric}/1`, connection.prepare<[number, number, number], Row>(stepsSql(metric)).raw())
      for (const size of summarySizes)
        batch.set(
          `${metric}/${size}`,
          connection.prepare<[number, number, number], Row>(summariesSql(metric, size)).raw(),
        )
    }
    this.#batch = batch
    this.#evaluated = new Map(
      Object.entries(evaluatedColumns).map(([metric, column]) => [
        metric as Metric,
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
  read(metric: Metric, range: CurveRange): Curve {
    const evaluated = this.#evaluated.get(metric)
    return {
      run: range.run,
      metric,
      ...(evaluated === undefined ? this.#batchCurve(metric, range) : evaluatedCurve(evaluated, range)),
    }
  }

  /**
   * Rows are put into buckets here, in the order in which they are stored. Grouped by SQLite they would be sorted
   * first, which takes longer than to hand them over.
   */
  #batchCurve(metric: Metric, { run, from: first, to, points }: CurveRange): Columns {
    const from = Math.max(1, first)
    if (from > to) return noPoints
    const width = bucketWidth(from, to, points)
    const curve = new GrowingBuckets(width)
    for (const part of sectionsOf(from, to, width)) {
      const rows = this.#batch.get(`${metric}/${part.size}`)?.all(run, part.from, part.to) ?? []
      for (const row of rows) curve.add(row, part.size)
    }
    return curve.columns()
  }
}

type Columns = Omit<Curve, 'run' | 'metric'>

const noPoints: Columns = { width: 1, step: [], seconds: [], min: [], max: [], mean: [] }

/** Rows of ascending steps put into the buckets of a grid. */
class GrowingBuckets {
  readonly #width: number
  readonly #step: number[] = []
  readonly #seconds: number[] = []
  readonly #min: number[] = []
  readonly #max: number[] = []
  readonly #mean: number[] = []
  #bucket = -1
  #sum = 0
  #count = 0

  constructor(width: number) {
    this.#width = width
  }

  /** Adds the next row, which covers so many steps and lies in one bucket. */
  add([step, seconds, min, max, sum]: Row, steps: number): void {
    const bucket = bucketOf(step, this.#width)
    const last = this.#step.length - 1
    if (bucket === this.#bucket) {
      this.#step[last] = step
      this.#seconds[last] = Math.max(this.#seconds[last], seconds)
      this.#min[last] = Math.min(this.#min[last], min)
      this.#max[last] = Math.max(this.#max[last], max)
      this.#sum += sum
      this.#count += steps
      this.#mean[last] = this.#sum / this.#count
      return
    }
    this.#bucket = bucket
    this.#sum = sum
    this.#count = steps
    this.#step.push(step)
    this.#seconds.push(seconds)
    this.#min.push(min)
    this.#max.push(max)
    this.#mean.push(sum / steps)
  }

  columns(): Columns {
    return {
      width: this.#width,
      step: this.#step,
      seconds: this.#seconds,
      min: this.#min,
      max: this.#max,
      mean: this.#mean,
    }
  }
}

function evaluatedCurve(statements: EvaluatedStatements, { run, from, to, points }: CurveRange): Columns {
  if (from > to) return noPoints
  const count = statements.count.get(run, from, to)?.count ?? 0
  // One point per evaluation if they fit. Their steps are far apart, so a grid would merge some and leave other cells
  // empty.
  const width = count <= points ? 1 : bucketWidth(Math.max(1, from), Math.max(1, to), points)
  const buckets = statements.buckets.all({ run, from, to, width })
  return {
    width,
    step: buckets.map((bucket) => bucket.step),
    seconds: buckets.map((bucket) => bucket.seconds),
    min: buckets.map((bucket) => bucket.min),
    max: buckets.map((bucket) => bucket.max),
    mean: buckets.map((bucket) => bucket.mean),
  }
}

function stepsSql(metric: BatchMetric): string {
  return `SELECT step, seconds, ${metric}, ${metric}, ${metric} FROM steps WHERE run = ? AND step BETWEEN ? AND ? ORDER BY step`
}

function summariesSql(metric: BatchMetric, size: number): string {
  return `SELECT (bucket + 1) * ${size}, seconds, ${metric}_min, ${metric}_max, ${metric}_sum
    FROM summaries WHERE run = ? AND size = ${size} AND bucket BETWEEN (CAST(? AS INTEGER) - 1) / ${size} AND CAST(? AS INTEGER) / ${size} - 1 ORDER BY bucket`
}

/**
 * Step 0 is not a training step. It belongs to the first bucket of the grid, or stands alone when a bucket is one step.
 * Evaluations without a value in the column are left out.
 */
function evaluationsSql(column: EvaluatedColumn): string {
  // A bound number is REAL, and SQLite would not divide by it to an integer.
  return `SELECT max(evaluations.step) AS step, coalesce(max(seconds), 0) AS seconds,
      min(evaluations.${column}) AS min, max(evaluations.${column}) AS max, avg(evaluations.${column}) AS mean
    FROM evaluations LEFT JOIN steps ON steps.run = evaluations.run AND steps.step = evaluations.step
    WHERE evaluations.run = @run AND evaluations.step BETWEEN @from AND @to AND evaluations.${column} IS NOT NULL
    GROUP BY (evaluations.step - 1) / CAST(@width AS INTEGER) ORDER BY 1`
}
