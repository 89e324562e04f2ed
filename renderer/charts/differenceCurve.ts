import { spanAt, type StepCurve } from './meanCurve.ts'
import type { Columns } from './series.ts'

/**
 * What the second curve is above the first, at the steps at which both have a value, and nowhere else.
 * @param perStep Whether a point stands for all steps since the one before it: then it is compared only with a point
 * that stands for the same steps.
 */
export function differenceCurve(
  first: Pick<StepCurve, 'step' | 'value'>,
  second: Pick<StepCurve, 'step' | 'value'>,
  perStep: boolean,
): Columns {
  const of = new Map(first.step.map((_, index) => [spanAt(first, index, perStep), first.value[index]] as const))
  const difference: Record<keyof Columns, number[]> = { x: [], y: [] }
  second.step.forEach((step, index) => {
    // NaN where the first has no value there.
    const value = second.value[index] - (of.get(spanAt(second, index, perStep)) ?? NaN)
    if (!Number.isFinite(value)) return
    difference.x.push(step)
    difference.y.push(value)
  })
  return difference
}
