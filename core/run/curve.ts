import { z } from 'zod'
import { packedColumns, unpackedColumns } from '../numbers/packedNumbers.ts'
import { Problem } from '../words/problems.ts'
import { Metric, RunId } from './run.ts'

/** Which curve. */
export const CurveKey = z.strictObject({ run: RunId, metric: Metric })
export type CurveKey = z.infer<typeof CurveKey>

/** Curves that one call asks for at most. */
export const mostCurves = 500

const Step = z.int().min(0)

/** Curves for a picture of `points` pixels, over the steps from..to (both included; the whole run when left out). */
export const CurvesQuestion = z.strictObject({
  curves: z.array(CurveKey).min(1).max(mostCurves),
  points: z.int().min(1).max(10_000),
  from: Step.optional(),
  to: Step.optional(),
})
export type CurvesQuestion = z.infer<typeof CurvesQuestion>

/**
 * A curve by picture: columns of equal length, at most a few points a pixel. A point covers the steps of its bucket,
 * and its minimum, maximum and mean are exact.
 */
export interface Curve extends CurveKey {
  /**
   * Steps of a bucket: bucket b covers the steps b * width + 1 .. (b + 1) * width, as far as they were asked for and
   * are stored.
   */
  readonly width: number
  /** Last step of each bucket. */
  readonly step: readonly number[]
  /** Training seconds at that step. */
  readonly seconds: readonly number[]
  readonly min: readonly number[]
  readonly max: readonly number[]
  readonly mean: readonly number[]
}

/** The bucket of a step in a grid of `width` steps. Bucket b covers the steps b * width + 1 .. (b + 1) * width. */
export function bucketOf(step: number, width: number): number {
  return Math.floor((step - 1) / width)
}

/** A curve on its way to a window. */
const PackedCurve = z.strictObject({
  ...CurveKey.shape,
  width: z.int().min(1),
  /** The columns of `Curve`, packed in the order in which they stand there. */
  columns: z.string(),
  /** Events up to this number are contained; follow the stream from here. */
  sequence: Step,
})

/** The curves in the order in which they were asked for, or why one could not be read. */
export const CurvesAnswer = z.array(z.union([PackedCurve, z.strictObject({ problem: Problem })]))
export type CurvesAnswer = z.infer<typeof CurvesAnswer>

/** A curve as it was read while the event with this number was the newest. */
export interface ReadCurve extends Curve {
  readonly sequence: number
}

export function packedCurve(curve: Curve, sequence: number): z.infer<typeof PackedCurve> {
  const { run, metric, width, step, seconds, min, max, mean } = curve
  return { run, metric, width, columns: packedColumns([step, seconds, min, max, mean]), sequence }
}

export function unpackedCurve({ columns, ...curve }: z.infer<typeof PackedCurve>): ReadCurve {
  const [step, seconds, min, max, mean] = unpackedColumns(columns, 5)
  return { ...curve, step, seconds, min, max, mean }
}
