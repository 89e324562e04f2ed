import type { SweepValue } from '../../../core/sweep/sweepValue.ts'
import type { SweepAxis } from '../../../core/sweep/sweepPlan.ts'

/** Where the values of a setting stand on an axis of length 1. */
export interface ValueScale {
  readonly at: (value: SweepValue) => number
  /** Labelled places, ascending. */
  readonly ticks: readonly { readonly at: number; readonly value: SweepValue }[]
}

/** The scale of listed values: evenly spread, numbers in their order. */
function listScale(list: readonly SweepValue[]): ValueScale {
  const values = [...list]
  if (values.every((value) => typeof value === 'number')) values.sort((one, other) => Number(one) - Number(other))
  const placeOf = (place: number): number => (values.length === 1 ? 0.5 : place / (values.length - 1))
  return {
    at: (value) => placeOf(Math.max(0, values.indexOf(value))),
    ticks: values.map((value, place) => ({ at: placeOf(place), value })),
  }
}

/** The scale of a setting of a sweep: as its values were spread. */
export function valueScale({ values }: SweepAxis): ValueScale {
  if (values.kind === 'list') return listScale(values.list)
  const { from, to, scale } = values
  const place = (value: number): number => (scale === 'log' ? Math.log(value) : value)
  const at = (value: SweepValue): number => (place(Number(value)) - place(from)) / (place(to) - place(from))
  const middle = scale === 'log' ? Math.sqrt(from * to) : (from + to) / 2
  const half = Number(middle.toPrecision(2))
  return { at, ticks: [from, half, to].map((value) => ({ at: at(value), value })) }
}

/** The scale of results from the smallest to the largest. */
export function resultScale(results: readonly number[]): ValueScale {
  const [low, high] = [Math.min(...results), Math.max(...results)]
  const at = (value: SweepValue): number => (high === low ? 0.5 : (Number(value) - low) / (high - low))
  const ticks = high === low ? [low] : [low, (low + high) / 2, high]
  return { at, ticks: ticks.map((value) => ({ at: at(value), value })) }
}
