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
  const [first] = curves
  const reach = reachOf(curves.length - 1) / Math.sqrt(curves.length)
  const mean = { step: [], seconds: [], value: [], low: [], high: [] } as Record<keyof MeanCurve, number[]>
  /** Of each curve: its first point that is not before the one in turn. */
  const at = curves.map(() => 0)
  const values = curves.map(() => NaN)
  const seconds = curves.map(() => NaN)
  first.step.forEach((step, index) => {
    at[0] = index
    for (let curve = 0; curve < curves.length; curve += 1) {
      const { step: steps, value, seconds: times } = curves[curve]
      while (at[curve] < steps.length && steps[at[curve]] < step) at[curve] += 1
      const place = at[curve]
      if (steps[place] !== step || (perStep && steps[place - 1] !== first.step[index - 1])) return
      // A mean of values that are not finite is none.
      if (!Number.isFinite(value[place])) return
      values[curve] = value[place]
      seconds[curve] = times[place]
    }
    const middle = meanOf(values)
    const half = reach * Math.sqrt(varianceOf(values))
    mean.step.push(step)
    mean.seconds.push(meanOf(seconds))
    mean.value.push(middle)
    mean.low.push(middle - half)
    mean.high.push(middle + half)
  })
  return mean
}
