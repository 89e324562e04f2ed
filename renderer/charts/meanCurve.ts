import { meanOf, reachOf, varianceOf } from '../../core/statistics/sample.ts'

/** A curve as columns of equal length, with steps ascending. */
export interface StepCurve {
  readonly step: readonly number[]
  readonly seconds: readonly number[]
  readonly value: readonly number[]
}

/** The mean of several curves with the 95 % interval of the mean at each of its steps. */
export interface MeanCurve extends StepCurve {
  readonly low: readonly number[]
  readonly high: readonly number[]
}

/** The steps that a point of a curve stands for, as a key. */
export function spanAt({ step }: Pick<StepCurve, 'step'>, index: number, perStep: boolean): string {
  return perStep ? `${index === 0 ? '' : step[index - 1]} ${step[index]}` : String(step[index])
}

/**
 * The mean of two or more curves with its interval by Student's t, at the steps at which all of them have a value, and
 * nowhere else.
 * @param perStep Whether a point stands for all steps since the one before it: then it is compared only with points
 * that stand for the same steps.
 */
export function meanCurve(curves: readonly StepCurve[], perStep: boolean): MeanCurve {
  const [first, ...others] = curves
  const places = others.map(
    (curve) => new Map(curve.step.map((_, index) => [spanAt(curve, index, perStep), index] as const)),
  )
  const reach = reachOf(curves.length - 1) / Math.sqrt(curves.length)
  const mean = { step: [], seconds: [], value: [], low: [], high: [] } as Record<keyof MeanCurve, number[]>
  first.step.forEach((step, index) => {
    const span = spanAt(first, index, perStep)
    const found = places.flatMap((place) => place.get(span) ?? [])
    if (found.length < others.length) return
    const at = [index, ...found]
    const values = curves.map(({ value }, curve) => value[at[curve]])
    // A mean of values that are not finite is none.
    if (!values.every(Number.isFinite)) return
    const middle = meanOf(values)
    const half = reach * Math.sqrt(varianceOf(values))
    mean.step.push(step)
    mean.seconds.push(meanOf(curves.map(({ seconds }, curve) => seconds[at[curve]])))
    mean.value.push(middle)
    mean.low.push(middle - half)
    mean.high.push(middle + half)
  })
  return mean
}
