import type { ActivationFunction } from '../layers/parts/activationFunction.ts'
import type { Layer } from '../layers/registry.ts'
import type { Padding } from '../network/windows.ts'

/** How a window of a lesson moves. */
export interface LessonWindow {
  readonly size: number
  readonly stride: number
  readonly padding: Padding
}

/** A convolution with one kernel and a bias. */
export function lessonConv({ size, stride, padding }: LessonWindow): Extract<Layer, { kind: 'conv' }> {
  return {
    kind: 'conv',
    name: 'conv_1',
    filters: 1,
    kernel: { height: size, width: size },
    stride,
    padding,
    bias: true,
    initializer: 'glorot-uniform',
  }
}

/** The lab's subsampling neuron: f(a * subsample(x) + b). */
export function lessonPool(
  takes: 'largest' | 'mean',
  { size, stride, padding }: LessonWindow,
  activation: ActivationFunction,
): Extract<Layer, { kind: 'max-pool' | 'average-pool' }> {
  return {
    kind: takes === 'largest' ? 'max-pool' : 'average-pool',
    name: 'pool_1',
    size,
    stride,
    padding,
    scaling: { function: activation },
  }
}

/** One neuron, or more, without an activation: each is NET. */
export function lessonDense(units: number): Extract<Layer, { kind: 'dense' }> {
  return { kind: 'dense', name: 'fc_1', units, bias: true, initializer: 'glorot-uniform' }
}
