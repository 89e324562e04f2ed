import type { CurvePoints } from '../../charts/curvePoints.ts'
import { differenceCurve } from '../../charts/differenceCurve.ts'
import type { Columns } from '../../charts/series.ts'
import { smoothed } from '../../charts/smoothing.ts'

/** How the curves of two runs are subtracted. */
export interface PairCurvesOrder {
  /** Whether the metric has a value at every step; otherwise it has one at each evaluation. */
  readonly perStep: boolean
  /** Weight of the past; counts for values of every step alone. */
  readonly smoothing: number
}

/** The difference of two curves. */
export interface PairCurves {
  readonly points: Columns
  /** The difference before smoothing; null where nothing is smoothed. */
  readonly raw: Columns | null
  /** Whether points that summarize several values kept the curves from being subtracted there. */
  readonly coarse: boolean
}

/** The points that are one evaluation each, or evaluations with one value. */
function single({ step, min, max, mean }: CurvePoints): { readonly step: number[]; readonly value: number[] } {
  const alone = step.flatMap((_, index) => (min[index] === max[index] ? [index] : []))
  return { step: alone.map((index) => step[index]), value: alone.map((index) => mean[index]) }
}

/**
 * The second curve less the first: of values of every step where a point of each stands for the same steps, of
 * evaluations at the steps at which both were measured.
 */
export function pairCurves(
  first: CurvePoints,
  second: CurvePoints,
  { perStep, smoothing }: PairCurvesOrder,
): PairCurves {
  if (!perStep) {
    const [one, other] = [single(first), single(second)]
    const coarse = one.step.length < first.step.length || other.step.length < second.step.length
    return { points: differenceCurve(one, other, false), raw: null, coarse }
  }
  const exact = differenceCurve({ ...first, value: first.mean }, { ...second, value: second.mean }, true)
  const coarse = first.step.length > 0 && second.step.length > 0 && exact.x.length === 0
  if (smoothing === 0) return { points: exact, raw: null, coarse }
  const smooth = ({ step, mean }: CurvePoints) => ({ step, value: smoothed(step, mean, smoothing) })
  return { points: differenceCurve(smooth(first), smooth(second), true), raw: exact, coarse }
}
