import { z } from 'zod'
import type { MapShape } from '../network/shapes.ts'
import { sizeOf } from '../network/shapes.ts'

/**
 * How the values of a tensor are brought into the order of a variable.
 *
 * | turn | of | to |
 * | --- | --- | --- |
 * | `as-it-is` | the variable's shape | the same |
 * | `conv` | `[out, in, height, width]` | `[height, width, in, out]` |
 * | `depthwise` | `[in * multiplier, 1, height, width]` | `[height, width, in, multiplier]` |
 * | `dense` | `[out, in]` | `[in, out]` |
 * | `dense-flattened` | `[out, channels * height * width]` | `[height * width * channels, out]` |
 * | `flattened` | `[channels * height * width, out]` | `[height * width * channels, out]` |
 */
export const Turn = z.enum(['as-it-is', 'conv', 'depthwise', 'dense', 'dense-flattened', 'flattened'])
export type Turn = z.infer<typeof Turn>

/** The shape that a tensor must have to become a variable of this shape. */
export function shapeBefore(turn: Turn, shape: readonly number[]): readonly number[] {
  switch (turn) {
    case 'as-it-is':
    case 'flattened':
      return shape
    case 'conv': {
      const [height, width, maps, filters] = shape
      return [filters, maps, height, width]
    }
    case 'depthwise': {
      const [height, width, maps, multiplier] = shape
      return [maps * multiplier, 1, height, width]
    }
    case 'dense':
    case 'dense-flattened': {
      const [units, outputs] = shape
      return [outputs, units]
    }
  }
}

/** The distance in a tensor from one value of a variable to the next along each of the variable's dimensions. */
function strides(turn: Turn, shape: readonly number[]): readonly number[] {
  switch (turn) {
    case 'conv': {
      const [height, width, maps] = shape
      return [width, 1, height * width, height * width * maps]
    }
    case 'depthwise': {
      const [height, width, , multiplier] = shape
      return [width, 1, height * width * multiplier, height * width]
    }
    case 'dense':
    case 'dense-flattened':
      return [1, shape[0]]
    case 'flattened':
      return [shape[1], 1]
    case 'as-it-is':
      return shape.map((_, axis) => sizeOf(shape.slice(axis + 1)))
  }
}

/** The row of a matrix behind maps that are flattened channel by channel, for a row behind maps with channels last. */
function channelsFirst(row: number, [height, width, channels]: MapShape): number {
  const place = Math.floor(row / channels)
  return (row % channels) * height * width + place
}

/** Values that are turned in one part. */
const turnedAtOnce = 1 << 20

/**
 * The values of a variable from those of a tensor, row-major, turned in parts.
 * @param shape That of the variable.
 * @param map The maps that are flattened before it, `[height, width, channels]`; needed by turns for such layers alone.
 * @returns a generator that yields between parts, so that others may have their turn, and returns all values.
 */
export function* turned(
  values: Float32Array,
  turn: Turn,
  shape: readonly number[],
  map: MapShape | null,
): Generator<undefined, Float32Array> {
  if (turn === 'as-it-is') return values
  const data = new Float32Array(values.length)
  const steps = strides(turn, shape)
  const reordered = map !== null && (turn === 'dense-flattened' || turn === 'flattened')
  const places = shape.map(() => 0)
  for (let index = 0; index < data.length; index += 1) {
    let from = 0
    for (const [axis, place] of places.entries())
      from += (axis === 0 && reordered ? channelsFirst(place, map) : place) * steps[axis]
    data[index] = values[from]
    for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
      places[axis] += 1
      if (places[axis] < shape[axis]) break
      places[axis] = 0
    }
    if (index % turnedAtOnce === turnedAtOnce - 1) yield
  }
  return data
}
