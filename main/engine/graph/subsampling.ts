import type { Padding } from '../../../core/model.ts'
import type { Differentiable } from './differentiable.ts'
import { float32, type GraphBuilder, type Output } from './graphBuilder.ts'
import { paddingText } from './window.ts'

/** A window over height and width, as a pool has it. */
export interface PoolWindow {
  readonly height: number
  readonly width: number
  readonly stride: number
  readonly padding: Padding
}

function attributesOf({ height, width, stride, padding }: PoolWindow) {
  return {
    T: float32,
    ksize: { ints: [1, height, width, 1] },
    strides: { ints: [1, stride, stride, 1] },
    padding: paddingText(padding),
  }
}

/**
 * The largest value of each window of `[batch, height, width, channels]`; the gradient goes to the first largest value
 * of the window.
 */
export function largest(graph: GraphBuilder, input: Output, window: PoolWindow): Differentiable {
  const attributes = attributesOf(window)
  const output = graph.add('MaxPool', 'pooled', [input], attributes)
  return {
    output,
    gradient: (gradient) => graph.add('MaxPoolGrad', 'pool_gradient', [input, output, gradient], attributes),
  }
}

/**
 * The mean of each window; at a padded edge, of the values that are there.
 * @param shape of the input, `[batch, height, width, channels]`.
 */
export function mean(graph: GraphBuilder, input: Output, window: PoolWindow, shape: readonly number[]): Differentiable {
  const attributes = attributesOf(window)
  return {
    output: graph.add('AvgPool', 'pooled', [input], attributes),
    gradient: (gradient) =>
      graph.add('AvgPoolGrad', 'pool_gradient', [graph.extents('input_shape', shape), gradient], attributes),
  }
}
