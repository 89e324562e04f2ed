import type { Statement } from 'better-sqlite3'
import { type Health, Histogram, LayerHealth, Observed } from '../../core/health/health.ts'
import type { HealthCurve, LayerCurves, LayerHistograms } from '../../core/health/healthQuestions.ts'
import { bucketWidth } from './buckets.ts'
import type { Connection } from './connection.ts'

/** Bytes of a count. */
const countBytes = 4

/** The counts as the history stores them: uint32, little endian. */
function blobOf(counts: readonly number[]): Buffer {
  const blob = Buffer.alloc(counts.length * countBytes)
  counts.forEach((count, bin) => blob.writeUInt32LE(count, bin * countBytes))
  return blob
}

interface StoredHistogram {
  readonly low: number
  readonly high: number
  readonly counts: Buffer
}

/** @throws ZodError when the stored bytes are not those of a histogram. */
function histogramOf({ low, high, counts }: StoredHistogram): Histogram {
  const bins = Math.floor(counts.length / countBytes)
  return Histogram.parse({
    low,
    high,
    counts: Array.from({ length: bins }, (_, bin) => counts.readUInt32LE(bin * countBytes)),
  })
}

/** The steps of a run to read, both ends included, and the largest number of points. */
export interface HealthRange {
  readonly run: number
  readonly from: number
  readonly to: number
  readonly points: number
}

interface LayerRow {
  readonly place: number
  readonly step: number
  readonly layer: string
  readonly images: number
  readonly finite: number
  readonly units: number | null
  readonly silent: number | null
  readonly gradientNorm: number | null
  readonly weightNorm: number | null
  readonly updateRatio: number | null
}

/** One bucket of the three curves of a layer. Minimum, maximum and mean are null where no value was stored. */
interface BucketRow {
  readonly place: number
  readonly layer: string
  readonly units: number | null
  readonly step: number
  readonly seconds: number
  readonly brokenAt: number | null
  readonly silentMin: number | null
  readonly silentMax: number | null
  readonly silentMean: number | null
  readonly gradientMin: number | null
  readonly gradientMax: number | null
  readonly gradientMean: number | null
  readonly updateMin: number | null
  readonly updateMax: number | null
  readonly updateMean: number | null
}

type Bound = { run: number; from: number; to: number; width: number }

/** The health of networks while they train. */
export class HealthRecords {
  readonly #insert: Statement<LayerRow & { run: number }>
  readonly #insertHistogram: Statement<StoredHistogram & { run: number; place: number; step: number; observed: string }>
  readonly #rewind: Statement<[number, number]>
  readonly #rewindHistograms: Statement<[number, number]>
  readonly #count: Statement<[number, number, number], { count: number }>
  readonly #curves: Statement<Bound, BucketRow>
  readonly #newest: Statement<[number], { newest: number; images: number }>
  readonly #place: Statement<[number, string], { place: number }>
  readonly #histograms: Statement<Bound & { place: number; observed: string }, StoredHistogram & { step: number }>
  readonly #steps: Statement<[number, number, number], { step: number }>
  readonly #layers: Statement<[number, number], LayerRow>
  readonly #ofStep: Statement<[number, number, number], StoredHistogram & { observed: string }>

  constructor(connection: Connection) {
    // A run that continues from the step of a measurement may be measured there again.
    this.#insert = connection.prepare(
      `INSERT OR REPLACE INTO health (run, place, step, layer, images, finite, units, silent, gradient_norm, weight_norm, update_ratio)
       VALUES (@run, @place, @step, @layer, @images, @finite, @units, @silent, @gradientNorm, @weightNorm, @updateRatio)`,
    )
    this.#insertHistogram = connection.prepare(
      `INSERT OR REPLACE INTO health_histograms (run, place, observed, step, low, high, counts)
       VALUES (@run, @place, @observed, @step, @low, @high, @counts)`,
    )
    this.#rewind = connection.prepare('DELETE FROM health WHERE run = ? AND step > ?')
    this.#rewindHistograms = connection.prepare('DELETE FROM health_histograms WHERE run = ? AND step > ?')
    this.#count = connection.prepare(
      'SELECT count(DISTINCT step) AS count FROM health WHERE run = ? AND step BETWEEN ? AND ?',
    )
    this.#curves = connection.prepare(curvesSql)
    this.#newest = connection.prepare(
      'SELECT step AS newest, images FROM health WHERE run = ? ORDER BY step DESC LIMIT 1',
    )
    this.#place = connection.prepare('SELECT place FROM health WHERE run = ? AND layer = ? LIMIT 1')
    this.#histograms = connection.prepare(histogramsSql)
    this.#steps = connection.prepare(
      'SELECT DISTINCT step FROM health WHERE run = ? AND step >= ? ORDER BY step LIMIT ?',
    )
    this.#layers = connection.prepare(
      `SELECT place, step, layer, images, finite, units, silent, gradient_norm AS gradientNorm, weight_norm AS weightNorm,
        update_ratio AS updateRatio FROM health WHERE run = ? AND step = ? ORDER BY place`,
    )
    this.#ofStep = connection.prepare(
      'SELECT observed, low, high, counts FROM health_histograms WHERE run = ? AND place = ? AND step = ?',
    )
  }

  /** Adds a measurement. Call it within a transaction. */
  add(run: number, { step, images, layers }: Health): void {
    layers.forEach((one, place) => {
      const { layer, finite, units, silent, gradientNorm, weightNorm, updateRatio } = one
      this.#insert.run({
        run,
        place,
        step,
        layer,
        images,
        finite: finite ? 1 : 0,
        units,
        silent,
        gradientNorm,
        weightNorm,
        updateRatio,
      })
      for (const observed of Observed.options) {
        const histogram = one[observed]
        if (histogram === null) continue
        const { low, high, counts } = histogram
        this.#insertHistogram.run({ run, place, step, observed, low, high, counts: blobOf(counts) })
      }
    })
  }

  /** Deletes all measurements after this step. One at the step itself stays. Call it within a transaction. */
  rewind(run: number, step: number): void {
    this.#rewind.run(run, step)
    this.#rewindHistograms.run(run, step)
  }

  /** Step of the newest measurement, and the images of its fixed batch; null before the first. */
  newest(run: number): { readonly newest: number | null; readonly images: number | null } {
    return this.#newest.get(run) ?? { newest: null, images: null }
  }

  /** The curves of each layer, in the network's order. */
  curves(range: HealthRange): LayerCurves[] {
    const byPlace = Map.groupBy(this.#curves.all(this.#bound(range)), ({ place }) => place)
    return [...byPlace.values()].map((rows): LayerCurves => {
      const [{ layer, units }] = rows
      const broken = rows.flatMap(({ brokenAt }) => (brokenAt === null ? [] : [brokenAt]))
      return {
        layer,
        units,
        silent: curveOf(rows, (row) => [row.silentMin, row.silentMax, row.silentMean]),
        gradientNorm: curveOf(rows, (row) => [row.gradientMin, row.gradientMax, row.gradientMean]),
        updateRatio: curveOf(rows, (row) => [row.updateMin, row.updateMax, row.updateMean]),
        brokenAt: broken.length === 0 ? null : Math.min(...broken),
      }
    })
  }

  /** The histograms of a layer, by ascending step; empty where nothing of the layer was measured. */
  histograms(layer: string, observed: Observed, range: HealthRange): LayerHistograms {
    const place = this.#place.get(range.run, layer)?.place
    if (place === undefined) return []
    return this.#histograms
      .all({ ...this.#bound(range), place, observed })
      .map(({ step, ...stored }) => ({ step, histogram: histogramOf(stored) }))
  }

  /** At most `count` whole measurements from a step on, by ascending step. */
  rows(run: number, from: number, count: number): Health[] {
    return this.#steps.all(run, from, count).map(({ step }) => {
      const rows = this.#layers.all(run, step)
      return { step, images: rows[0].images, layers: rows.map((row) => this.#layerHealth(run, row)) }
    })
  }

  #layerHealth(run: number, { place, step, images: _, finite, ...row }: LayerRow): LayerHealth {
    const stored = new Map(
      this.#ofStep.all(run, place, step).map(({ observed, ...histogram }) => [observed, histogramOf(histogram)]),
    )
    return LayerHealth.parse({
      ...row,
      finite: finite === 1,
      weights: stored.get('weights') ?? null,
      activations: stored.get('activations') ?? null,
      gradients: stored.get('gradients') ?? null,
    })
  }

  /** A bucket is a step where all measurements fit; they are far apart, so a grid would merge some and leave gaps. */
  #bound({ run, from, to, points }: HealthRange): Bound {
    const count = this.#count.get(run, from, to)?.count ?? 0
    return { run, from, to, width: count <= points ? 1 : bucketWidth(Math.max(1, from), Math.max(1, to), points) }
  }
}

/** The curve of the buckets that have a value; null where none has. */
function curveOf(
  rows: readonly BucketRow[],
  valuesOf: (row: BucketRow) => readonly [min: number | null, max: number | null, mean: number | null],
): HealthCurve | null {
  const curve: HealthCurve = { step: [], seconds: [], min: [], max: [], mean: [] }
  for (const row of rows) {
    const [min, max, mean] = valuesOf(row)
    if (min === null || max === null || mean === null) continue
    curve.step.push(row.step)
    curve.seconds.push(row.seconds)
    curve.min.push(min)
    curve.max.push(max)
    curve.mean.push(mean)
  }
  return curve.step.length === 0 ? null : curve
}

// A bound number is REAL, and SQLite would not divide by it to an integer.
const bucket = '(step - 1) / CAST(@width AS INTEGER)'

const curvesSql = `
  SELECT buckets.*, coalesce(steps.seconds, 0) AS seconds FROM (
    SELECT place, layer, units, max(step) AS step, min(CASE WHEN finite = 0 THEN step END) AS brokenAt,
      min(1.0 * silent / units) AS silentMin, max(1.0 * silent / units) AS silentMax, avg(1.0 * silent / units) AS silentMean,
      min(gradient_norm) AS gradientMin, max(gradient_norm) AS gradientMax, avg(gradient_norm) AS gradientMean,
      min(update_ratio) AS updateMin, max(update_ratio) AS updateMax, avg(update_ratio) AS updateMean
    FROM health WHERE run = @run AND step BETWEEN @from AND @to GROUP BY place, ${bucket}
  ) AS buckets LEFT JOIN steps ON steps.run = @run AND steps.step = buckets.step ORDER BY place, buckets.step`

// SQLite takes the other columns from the row of the largest step.
const histogramsSql = `
  SELECT max(step) AS step, low, high, counts FROM health_histograms
  WHERE run = @run AND place = @place AND observed = @observed AND step BETWEEN @from AND @to
  GROUP BY ${bucket} ORDER BY 1`
