import type { SweepValue } from './sweepValue.ts'

/** Points of a sweep whose values of one setting belong together. */
export interface ValueGroup {
  /** The one value of the group; null where it holds a range of numbers. */
  readonly value: SweepValue | undefined
  /** The smallest and largest number of a group that holds a range; null where it has one value. */
  readonly range: readonly [number, number] | null
  /** Places of its points in the list that was grouped. */
  readonly points: readonly number[]
}

/** Up to so many different values each make a group; more numbers are put together by their order. */
const mostSingle = 6
/** Groups of ranges have about so many points at least. */
const fewestPoints = 4
const mostRanges = 4

function isNumber(value: SweepValue): value is number {
  return typeof value === 'number'
}

/** Each different value as a group, numbers in their order, others as they come. */
function singleGroups(values: readonly SweepValue[]): ValueGroup[] {
  const different = [...new Set(values)]
  if (different.every(isNumber)) different.sort((one, other) => Number(one) - Number(other))
  return different.map((value) => ({
    value,
    range: null,
    points: values.flatMap((one, index) => (one === value ? [index] : [])),
  }))
}

/**
 * Numbers put together by their order into groups of about equal size, equal numbers in one group.
 */
function rangedGroups(values: readonly number[]): ValueGroup[] {
  const order = values.map((_, index) => index).sort((one, other) => values[one] - values[other])
  const count = Math.max(2, Math.min(mostRanges, Math.floor(values.length / fewestPoints)))
  const groups: number[][] = []
  order.forEach((point, place) => {
    const group = Math.floor((place * count) / order.length)
    const before = groups.at(-1)
    const isEqual = before !== undefined && values[before[before.length - 1]] === values[point]
    if (before !== undefined && (isEqual || groups.length > group)) before.push(point)
    else groups.push([point])
  })
  return groups.map((points) => {
    const range = [values[points[0]], values[points[points.length - 1]]] as const
    return range[0] === range[1] ? { value: range[0], range: null, points } : { value: undefined, range, points }
  })
}

/**
 * The points of a sweep grouped by their value of one setting: by each value where there are few, numbers of many
 * values by ranges with about equally many points.
 */
export function valueGroups(values: readonly SweepValue[]): ValueGroup[] {
  return new Set(values).size > mostSingle && values.every(isNumber) ? rangedGroups(values) : singleGroups(values)
}
