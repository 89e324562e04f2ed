import { z } from 'zod'
import { axesTurning } from '../export/turnedAxes.ts'
import type { Layer } from '../layers/registry.ts'
import type { MapShape } from '../network/shapes.ts'

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

/**
 * Whether a layer's kernel may be turned so.
 * @param flattened Whether maps are flattened before the layer.
 */
export function turnsKernel(turn: Turn, kind: Layer['kind'], flattened: boolean): boolean {
  switch (turn) {
    case 'as-it-is':
      return true
    case 'conv':
      return kind === 'conv'
    case 'depthwise':
      return kind === 'depthwise-conv'
    case 'dense':
      return kind === 'dense'
    case 'dense-flattened':
    case 'flattened':
      return kind === 'dense' && flattened
  }
}

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

function mapOf(turn: Turn, map: MapShape | null): MapShape {
  if (map === null) throw new Error(`the turn ${turn} is for a layer behind flattened maps`)
  return map
}

/** A tensor's shape, with flattened maps and filters of each map apart, and its dimensions in the variable's order. */
function axesOf(
  turn: Exclude<Turn, 'as-it-is'>,
  shape: readonly number[],
  map: MapShape | null,
): { readonly before: readonly number[]; readonly axes: readonly number[] } {
  switch (turn) {
    case 'conv':
      return { before: shapeBefore(turn, shape), axes: [2, 3, 1, 0] }
    case 'depthwise': {
      const [height, width, maps, multiplier] = shape
      return { before: [maps, multiplier, height, width], axes: [2, 3, 0, 1] }
    }
    case 'dense':
      return { before: shapeBefore(turn, shape), axes: [1, 0] }
    case 'dense-flattened': {
      const [height, width, channels] = mapOf(turn, map)
      return { before: [shape[1], channels, height, width], axes: [2, 3, 1, 0] }
    }
    case 'flattened': {
      const [height, width, channels] = mapOf(turn, map)
      return { before: [channels, height, width, shape[1]], axes: [1, 2, 0, 3] }
    }
  }
}

/**
 * The values of a variable from those of a tensor, row-major, turned in parts.
 * @param shape That of the variable.
 * @param map The maps that are flattened before it, `[height, width, channels]`; needed by turns for such layers alone.
 * @returns a generator that yields between parts, so that others may have their turn, and returns all values.
 * @throws Error where a turn for flattened maps has none.
 */
export function* turned(
  values: Float32Array,
  turn: Turn,
  shape: readonly number[],
  map: MapShape | null,
): Generator<undefined, Float32Array> {
  if (turn === 'as-it-is') return values
  const { before, axes } = axesOf(turn, shape, map)
  const { data } = yield* axesTurning({ shape: before, data: values }, axes)
  return data
}
