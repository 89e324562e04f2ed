import { describe, expect, it } from 'vitest'
import { measure } from '../../../../core/network/geometry.ts'
import type { Layer } from '../../../../core/layers/registry.ts'
import type { Model } from '../../../../core/network/model.ts'
import { seedNetwork } from '../../../../core/run/presets.ts'
import { poolFirst } from '../../../../core/network/poolFirst.ts'
import { openSession } from '../../../../main/engine/train/session.ts'
import { adamOptimizer, firstTensors, someImages, someLabels } from './numbers.ts'

const conv: Layer = {
  kind: 'conv',
  name: 'conv_1',
  filters: 4,
  kernel: { height: 3, width: 3 },
  stride: 1,
  padding: 'same',
  bias: false,
  initializer: 'he-normal',
}
const norm: Layer = { kind: 'batch-norm', name: 'norm_1', epsilon: 1e-3, momentum: 0.9 }
const leaky: Layer = { kind: 'activation', name: 'act_1', function: { kind: 'leaky-relu', slope: 0.2 } }
const pool: Layer = { kind: 'max-pool', name: 'pool_1', size: 2, stride: 2, padding: 'valid', scaling: null }
const rest: readonly Layer[] = [
  { kind: 'flatten', name: 'flatten' },
  { kind: 'dense', name: 'classes', units: 3, bias: true, initializer: 'glorot-uniform' },
]

function network(...layers: readonly Layer[]): Model {
  return {
    input: { height: 8, width: 8, channels: 3 },
    layers: [...layers, ...rest],
    head: { kind: 'softmax', labelSmoothing: 0 },
  }
}

function namesOf(model: Model): string[] {
  return poolFirst(measure(model)).map(({ layer }) => layer.name)
}

/** Losses of three steps, and the weights behind them. */
function trained(model: Model) {
  const batch = 6
  const session = openSession({ model, optimizer: adamOptimizer, batch, seed: 1, mixup: false, flips: false })
  try {
    session.writeVariables(firstTensors(model, adamOptimizer, 3))
    const losses = [1, 2, 3].map(
      (step) =>
        session.trainStep(
          someImages(model, batch, step),
          someLabels(batch, 3, step),
          step,
          { learningRate: 0.01, momentum: 0.9 },
          null,
        ).loss,
    )
    return { losses, variables: session.readVariables() }
  } finally {
    session.dispose()
  }
}

describe('a max pool behind a ReLU', () => {
  it('is computed before it, and what follows takes the ReLU’s output', () => {
    const measured = poolFirst(measure(network(conv, norm, leaky, pool)))
    expect(measured.map(({ layer, inputs }) => [layer.name, inputs[0].from])).toEqual([
      ['conv_1', 'input'],
      ['norm_1', 'conv_1'],
      ['pool_1', 'norm_1'],
      ['act_1', 'pool_1'],
      ['flatten', 'act_1'],
      ['classes', 'flatten'],
    ])
    expect(measured[3].output).toEqual([4, 4, 4])
  })

  it('gives the bits of a network in which it stands there', () => {
    expect(trained(network(conv, norm, leaky, pool))).toEqual(trained(network(conv, norm, pool, leaky)))
  })

  it('moves in the Lab network both times', () => {
    expect(namesOf(seedNetwork({ height: 24, width: 24, channels: 3 }, 10)).slice(0, 7)).toEqual([
      'conv_1',
      'norm_1',
      'pool_1',
      'relu_1',
      'conv_2',
      'pool_2',
      'relu_2',
    ])
  })
})

describe('a max pool stays behind', () => {
  it.each<[string, readonly Layer[], string[]]>([
    [
      'a function that does not keep the order',
      [conv, { ...leaky, function: { kind: 'gelu' } }, pool],
      ['conv_1', 'act_1', 'pool_1', 'flatten', 'classes'],
    ],
    [
      'an activation that others take too',
      [conv, leaky, { ...pool, stride: 1, padding: 'same' }, { kind: 'add', name: 'sum', from: ['act_1', 'pool_1'] }],
      ['conv_1', 'act_1', 'pool_1', 'sum', 'flatten', 'classes'],
    ],
    [
      'an activation where its scale may turn the order over',
      [conv, leaky, { ...pool, scaling: { function: { kind: 'relu' } } }],
      ['conv_1', 'act_1', 'pool_1', 'flatten', 'classes'],
    ],
  ])('%s', (_what, layers, names) => {
    expect(namesOf(network(...layers))).toEqual(names)
  })
})
