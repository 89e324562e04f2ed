import { sizeOf } from '../network/shapes.ts'
import type { Weights } from './exportedNetwork.ts'

/** Values that are turned in one part. */
const turnedAtOnce = 1 << 20

/**
 * Dimension `i` of the result is dimension `axes[i]` of the weights, as NumPy's transpose has it.
 * @returns a generator that yields between parts, so that others may have their turn, and returns all weights.
 */
export function* axesTurning({ shape, data }: Weights, axes: readonly number[]): Generator<undefined, Weights> {
  const steps = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)))
  const turned = axes.map((axis) => shape[axis])
  const stepOf = axes.map((axis) => steps[axis])
  const index = turned.map(() => 0)
  const values = new Float32Array(data.length)
  let from = 0
  for (let to = 0; to < values.length; to += 1) {
    values[to] = data[from]
    for (let axis = turned.length - 1; axis >= 0; axis -= 1) {
      index[axis] += 1
      from += stepOf[axis]
      if (index[axis] < turned[axis]) break
      from -= stepOf[axis] * turned[axis]
      index[axis] = 0
    }
    if (to % turnedAtOnce === turnedAtOnce - 1) yield
  }
  return { shape: turned, data: values }
}

/** The same at once. */
export function turnedAxes(weights: Weights, axes: readonly number[]): Weights {
  const turning = axesTurning(weights, axes)
  for (;;) {
    const part = turning.next()
    if (part.done === true) return part.value
  }
}

/** A convolution's kernel `[height, width, in, out]` as ONNX and PyTorch have it: `[out, in, height, width]`. */
export function channelsFirstKernel(kernel: Weights): Weights {
  return turnedAxes(kernel, [3, 2, 0, 1])
}

/**
 * A depthwise kernel `[height, width, in, multiplier]` as that of a convolution in `in` groups:
 * `[in * multiplier, 1, height, width]`.
 */
export function groupedKernel(kernel: Weights): Weights {
  const { shape, data } = turnedAxes(kernel, [2, 3, 0, 1])
  return { shape: [shape[0] * shape[1], 1, shape[2], shape[3]], data }
}
