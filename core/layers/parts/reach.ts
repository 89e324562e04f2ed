/** Which values of what comes in a layer's output is computed from. */
import type { Shape } from '../../network/shapes.ts'
import { windowStart, type WindowSteps } from '../../network/windows.ts'

/** Whole numbers from `first` on and before `end`. */
export interface Span {
  readonly first: number
  readonly end: number
}

/** One number alone. */
export function oneAt(place: number): Span {
  return { first: place, end: place + 1 }
}

/** One value of a layer's output, from 0 on. Of a vector `[units]` the map is the unit, and `y` and `x` are 0. */
export interface ValuePlace {
  readonly map: number
  readonly y: number
  readonly x: number
}

/** Which value of `[height, width, channels]` or `[units]` stands at an index, row by row with channels innermost. */
export function valuePlace(index: number, [, width, channels]: Shape): ValuePlace {
  if (width === undefined || channels === undefined) return { map: index, y: 0, x: 0 }
  const place = Math.floor(index / channels)
  return { map: index % channels, y: Math.floor(place / width), x: place % width }
}

/**
 * A part of `[height, width, channels]`. Rows and columns may lie beyond the edges, where a window reaches into
 * padding. A vector `[units]` is one row and one column, with a map a unit.
 */
export interface Region {
  readonly rows: Span
  readonly columns: Span
  readonly maps: Span
}

/** All values of a tensor. */
export function wholeRegion(shape: Shape): Region {
  const [height, width, channels] = shape.length === 3 ? shape : ([1, 1, shape[0]] as const)
  return { rows: { first: 0, end: height }, columns: { first: 0, end: width }, maps: { first: 0, end: channels } }
}

/** For layers whose values are computed from all that comes in. */
export function reachesEverything({ inputs }: { readonly inputs: readonly { readonly shape: Shape }[] }): Region[] {
  return inputs.map(({ shape }) => wholeRegion(shape))
}

/** A window over height and width. */
interface MovedWindow extends WindowSteps {
  readonly height: number
  readonly width: number
}

function axisReach({ first, end }: Span, extent: number, size: number, { stride, padding }: WindowSteps): Span {
  const startOf = (place: number): number => windowStart(place, extent, size, stride, padding)
  return { first: startOf(first), end: startOf(end - 1) + size }
}

/** Rows and columns of a map that the windows of a region cover. */
export function windowReach({ rows, columns, maps }: Region, [height, width = 1]: Shape, window: MovedWindow): Region {
  return {
    rows: axisReach(rows, height, window.height, window),
    columns: axisReach(columns, width, window.width, window),
    maps,
  }
}
