import { lessonDense } from './layers.ts'
import { OneLayer } from './oneLayer.ts'

/** A neuron's inputs, a weight each, and the weight of its own, w0. */
export interface Neuron {
  readonly inputs: readonly number[]
  readonly weights: readonly number[]
  readonly bias: number
}

/** NET, the sum of w_i x_i and w_0, as a dense layer computes it. */
export function netOf({ inputs, weights, bias }: Neuron): number {
  const layer = new OneLayer(
    lessonDense(1),
    { shape: [inputs.length], values: inputs },
    { kernel: weights, bias: [bias] },
  )
  return layer.explain({ map: 0, y: 0, x: 0 }).computed
}
