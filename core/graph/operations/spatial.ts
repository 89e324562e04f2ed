/** Operations on windows of maps `[batch, height, width, channels]`. */
import { extentAfter, type Padding, type WindowSteps } from '../../network/windows.ts'
import { type Attribute, float32, type Gradient, type GraphBuilder, type Value } from '../graphBuilder.ts'
import { shapeOf } from './layout.ts'

/** Padding as TensorFlow writes it. */
function paddingText(padding: Padding): Attribute {
  return { text: padding === 'same' ? 'SAME' : 'VALID' }
}

function stepsOf({ stride, padding }: WindowSteps) {
  return { T: float32, strides: { ints: [1, stride, stride, 1] }, padding: paddingText(padding) }
}

/** Shape of what windows of `height` x `width` make of maps. */
function windowed(
  { shape: [batch, rows, columns] }: Value,
  [height, width]: readonly number[],
  { stride, padding }: WindowSteps,
  channels: number,
): readonly number[] {
  return [batch, extentAfter(rows, height, stride, padding), extentAfter(columns, width, stride, padding), channels]
}

/** The gradients of a convolution, which are operations of TensorFlow as well. */
function convolutionGradients(
  operation: 'Conv2D' | 'DepthwiseConv2dNative',
  input: Value,
  kernel: Value,
  steps: WindowSteps,
): Gradient {
  const attributes = stepsOf(steps)
  return (within, gradient, [wantsInput, wantsKernel]) => [
    wantsInput
      ? within.add('input', {
          operation: `${operation}BackpropInput`,
          inputs: [shapeOf(within, 'input_shape', input), kernel, gradient],
          attributes,
          type: 'float32',
          shape: input.shape,
        })
      : null,
    wantsKernel
      ? within.add('kernel', {
          operation: `${operation}BackpropFilter`,
          inputs: [input, within.extents('kernel_shape', kernel.shape), gradient],
          attributes,
          type: 'float32',
          shape: kernel.shape,
        })
      : null,
  ]
}

/** Convolution with a kernel `[height, width, in, out]`: `[batch, rows, columns, out]`. */
export function conv2d(graph: GraphBuilder, name: string, input: Value, kernel: Value, steps: WindowSteps): Value {
  return graph.add(name, {
    operation: 'Conv2D',
    inputs: [input, kernel],
    attributes: stepsOf(steps),
    type: 'float32',
    shape: windowed(input, kernel.shape, steps, kernel.shape[3]),
    gradient: convolutionGradients('Conv2D', input, kernel, steps),
  })
}

/**
 * Convolution of each map by itself with a kernel `[height, width, in, multiplier]`: `[batch, rows, columns, in *
 * multiplier]`, where map i gives the maps from i * multiplier on.
 */
export function depthwiseConv2d(
  graph: GraphBuilder,
  name: string,
  input: Value,
  kernel: Value,
  steps: WindowSteps,
): Value {
  return graph.add(name, {
    operation: 'DepthwiseConv2dNative',
    inputs: [input, kernel],
    attributes: stepsOf(steps),
    type: 'float32',
    shape: windowed(input, kernel.shape, steps, kernel.shape[2] * kernel.shape[3]),
    gradient: convolutionGradients('DepthwiseConv2dNative', input, kernel, steps),
  })
}

/** A window over height and width, as a pool has it. */
export interface PoolWindow extends WindowSteps {
  readonly height: number
  readonly width: number
}

function poolOf(window: PoolWindow) {
  return { ...stepsOf(window), ksize: { ints: [1, window.height, window.width, 1] } }
}

function pooled(input: Value, window: PoolWindow): readonly number[] {
  return windowed(input, [window.height, window.width], window, input.shape[3])
}

/** The largest value of each window; the gradient goes to the first largest value of the window. */
export function maxPool(graph: GraphBuilder, name: string, input: Value, window: PoolWindow): Value {
  const attributes = poolOf(window)
  const output: Value = graph.add(name, {
    operation: 'MaxPool',
    inputs: [input],
    attributes,
    type: 'float32',
    shape: pooled(input, window),
    gradient: (within, gradient) => [
      within.add('input', {
        operation: 'MaxPoolGrad',
        inputs: [input, output, gradient],
        attributes,
        type: 'float32',
        shape: input.shape,
      }),
    ],
  })
  return output
}

/** The mean of each window; at a padded edge, of the values that are there. */
export function avgPool(graph: GraphBuilder, name: string, input: Value, window: PoolWindow): Value {
  const attributes = poolOf(window)
  return graph.add(name, {
    operation: 'AvgPool',
    inputs: [input],
    attributes,
    type: 'float32',
    shape: pooled(input, window),
    gradient: (within, gradient) => [
      within.add('input', {
        operation: 'AvgPoolGrad',
        inputs: [shapeOf(within, 'input_shape', input), gradient],
        attributes,
        type: 'float32',
        shape: input.shape,
      }),
    ],
  })
}
