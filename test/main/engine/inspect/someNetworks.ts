import { onTestFinished } from 'vitest'
import { variablesOf } from '../../../../core/network/geometry.ts'
import type { Model } from '../../../../core/network/model.ts'
import { sizeOf } from '../../../../core/network/shapes.ts'
import { InspectedNetwork } from '../../../../main/engine/inspect/inspectedNetwork.ts'
import type { TensorValue } from '../../../../main/engine/shared/tensorValue.ts'
import { randomNumbers } from '../graph/numbers.ts'

const conv = {
  kind: 'conv',
  kernel: { height: 3, width: 3 },
  stride: 1,
  padding: 'same',
  bias: true,
  initializer: 'he-normal',
} as const

/** Every kind of layer that changes values, with branches that meet; colour images, three classes. */
export const branched: Model = {
  input: { height: 9, width: 8, channels: 3 },
  layers: [
    { ...conv, name: 'stem', filters: 3, stride: 2 },
    { kind: 'batch-norm', name: 'norm', epsilon: 1e-3, momentum: 0.9 },
    { kind: 'activation', name: 'bend', function: { kind: 'elu' } },
    {
      kind: 'depthwise-conv',
      name: 'deep',
      multiplier: 1,
      kernel: { height: 3, width: 3 },
      stride: 1,
      padding: 'same',
      bias: false,
      initializer: 'he-normal',
    },
    { kind: 'add', name: 'sum', from: ['deep', 'bend'] },
    { ...conv, name: 'side', filters: 2, from: 'bend' },
    { kind: 'concat', name: 'joined', from: ['sum', 'side'] },
    {
      kind: 'average-pool',
      name: 'pool',
      size: 2,
      stride: 2,
      padding: 'same',
      scaling: { function: { kind: 'tanh' } },
    },
    { kind: 'max-pool', name: 'peak', size: 2, stride: 1, padding: 'valid', scaling: null },
    { kind: 'dropout', name: 'drop', rate: 0.5 },
    { kind: 'flatten', name: 'flatten' },
    { kind: 'dense', name: 'classes', units: 3, bias: true, initializer: 'glorot-uniform' },
    { kind: 'scale', name: 'small', factor: 0.5 },
  ],
  head: { kind: 'softmax', labelSmoothing: 0 },
}

/** Grey images, two classes by one tanh neuron. */
export const single: Model = {
  input: { height: 6, width: 6, channels: 1 },
  layers: [
    { ...conv, name: 'conv', filters: 2, padding: 'valid' },
    { kind: 'activation', name: 'bend', function: { kind: 'gelu' } },
    { kind: 'global-average-pool', name: 'means', scaling: null },
    { kind: 'dense', name: 'neuron', units: 1, bias: true, initializer: 'glorot-uniform' },
  ],
  head: { kind: 'tanh', loss: 'hinge' },
}

/** Weights of -1 to 1; scales and variances of 0.5 to 2.5. */
export function someWeights(model: Model, seed: number): ReadonlyMap<string, TensorValue> {
  return new Map(
    variablesOf(model).map(({ name, shape }, index) => {
      const positive = /\/(scale|variance)$/.test(name)
      const data = randomNumbers(sizeOf(shape), seed + index).map((value) => (positive ? 1.5 + value : value))
      return [name, { shape, data }]
    }),
  )
}

/** A network with such weights, freed at the end of the test. */
export function openNetwork(model: Model, seed = 1): InspectedNetwork {
  const network = new InspectedNetwork(model)
  onTestFinished(() => network.dispose())
  network.write(someWeights(model, seed))
  return network
}

/** The slopes of a function by each value, from its values on both sides. */
export function slopes(at: Float32Array, of: (values: Float32Array) => number, step = 1e-2): number[] {
  return Array.from(at, (value, index) => {
    const [above, below] = [at.slice(), at.slice()]
    above[index] = value + step
    below[index] = value - step
    return (of(above) - of(below)) / (above[index] - below[index])
  })
}
