import { RandomNumbers } from '../numbers/random.ts'
import type { SweepValue } from './sweepValue.ts'
import type { SweepAxis, SweepPlan } from './sweepPlan.ts'

type Ranged = Extract<SweepAxis['values'], { kind: 'range' }>

/** Digits of a value within a range: enough for any setting, few enough to be read and typed again. */
const digits = 4

/**
 * A number within a range, rounded to four digits. So it is the same on every computer, although their logarithms may
 * differ in the last bit.
 * @param share 0 to 1: from one end to the other.
 */
function within({ scale, from, to, whole }: Ranged, share: number): number {
  if (share === 0) return from
  if (share === 1) return to
  const exact =
    scale === 'linear' ? from + (to - from) * share : Math.exp(Math.log(from) + (Math.log(to) - Math.log(from)) * share)
  const rounded = whole ? Math.round(exact) : Number(exact.toPrecision(digits))
  return Math.min(to, Math.max(from, rounded))
}

/** The values of a setting in a grid, each once. */
export function gridValues({ values }: SweepAxis): readonly SweepValue[] {
  if (values.kind === 'list') return values.list
  const count = values.count ?? 1
  return [...new Set(Array.from({ length: count }, (_, index) => within(values, index / Math.max(1, count - 1))))]
}

/** How many points a plan has. No list of them is made. */
export function pointCount({ axes, points }: Pick<SweepPlan, 'axes' | 'points'>): number {
  if (points.kind === 'random') return points.count
  return axes.reduce((count, axis) => count * gridValues(axis).length, 1)
}

/** How many runs a plan has at most: each point with each seed, within the budget. */
export function runCount(plan: Pick<SweepPlan, 'axes' | 'points' | 'seeds' | 'budget'>): number {
  return Math.min(pointCount(plan) * plan.seeds, plan.budget.runs ?? Infinity)
}

/** A number in a mixed radix: the place of each setting's value in a grid, the last one changing fastest. */
function placesOf(point: number, lengths: readonly number[]): number[] {
  let left = point
  const places = lengths.map(() => 0)
  for (let axis = lengths.length - 1; axis >= 0; axis -= 1) {
    places[axis] = left % lengths[axis]
    left = Math.floor(left / lengths[axis])
  }
  return places
}

function drawn({ values }: SweepAxis, numbers: RandomNumbers, axis: number, point: number): SweepValue {
  if (values.kind === 'list') return values.list[numbers.below(values.list.length, 'sweep', axis, point)]
  return within(values, numbers.uniform('sweep', axis, point))
}

/** The values of a point of a plan, by setting, in the order of the plan. A point is numbered from 0. */
export function pointValues(plan: Pick<SweepPlan, 'axes' | 'points' | 'seed'>, point: number): Map<string, SweepValue> {
  if (plan.points.kind === 'random') {
    const numbers = new RandomNumbers(plan.seed)
    return new Map(plan.axes.map((axis, index) => [axis.setting, drawn(axis, numbers, index, point)]))
  }
  const values = plan.axes.map(gridValues)
  const places = placesOf(
    point,
    values.map(({ length }) => length),
  )
  return new Map(plan.axes.map(({ setting }, axis) => [setting, values[axis][places[axis]]]))
}

/** The point of a trial, and which of its runs it is, both from 0. The runs of a point follow each other. */
export function placeOfTrial({ seeds }: Pick<SweepPlan, 'seeds'>, trial: number): { point: number; repeat: number } {
  return { point: Math.floor(trial / seeds), repeat: trial % seeds }
}

/** The seed of a trial: that of the base for the first run of each point, and the ones after it for the others. */
export function seedOfTrial(plan: Pick<SweepPlan, 'seeds' | 'base'>, trial: number): number {
  return (plan.base.config.seed + placeOfTrial(plan, trial).repeat) % 0x1_0000_0000
}
