import { describe, expect, it } from 'vitest'
import { layerDefinitions } from '../../../core/layers/registry.ts'
import { ActivationFunction } from '../../../core/layers/parts/activationFunction.ts'
import { calibrationLayers } from '../../../core/network/calibrationLayers.ts'
import { layerAmounts, estimatedTimes, otherAmounts } from '../../../core/network/timeEstimate.ts'
import type { Model } from '../../../core/network/model.ts'
import type { StepCosts, StepQuestion } from '../../../core/network/stepTimes.ts'
import { deepNetwork, quickNetwork, seedNetwork } from '../../../core/network/networks.ts'

const processor = { wideVectors: true }
const optimizer = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clipNorm: null } as const

/** Costs that are all 1, of everything that is calibrated. */
function costsOf(one: (name: string) => number): StepCosts {
  const names = calibrationLayers().flatMap(({ geometry, batch, backwards }) => [
    ...layerAmounts(geometry, { batch, processor, backwards }).keys(),
  ])
  return {
    format: 1,
    engine: { tensorflow: '2', binding: '4', node: '24', processor: 'some', threads: 2, graphVersion: 1 },
    ...processor,
    measuredAt: '2026-11-29T00:00:00.000Z',
    seconds: Object.fromEntries([...names, 'step/fixed', 'step/pixels'].map((name) => [name, one(name)])),
  }
}

function question(model: Model, batch = 50): StepQuestion {
  return { model, optimizer, batch }
}

describe('what is calibrated', () => {
  it('has every kind of layer and every activation function', () => {
    const layers = calibrationLayers().map(({ geometry: { layer } }) => layer)
    expect(new Set(layers.map(({ kind }) => kind))).toEqual(new Set(layerDefinitions.map(({ kind }) => kind)))
    const functions = layers.flatMap((layer) => (layer.kind === 'activation' ? [layer.function.kind] : []))
    const all = ActivationFunction.options.flatMap(({ shape: { kind } }) =>
      'options' in kind ? kind.options : [...kind.values],
    )
    expect(new Set(functions)).toEqual(new Set(all))
  })

  it('has more layers of a form than amounts, so that each cost can be told', () => {
    const forms = new Map<string, { layers: number; names: Set<string> }>()
    for (const { geometry, batch, backwards } of calibrationLayers()) {
      const names = [...layerAmounts(geometry, { batch, processor, backwards }).keys()]
      const form = names[0].slice(0, names[0].indexOf('/'))
      const known = forms.get(form) ?? { layers: 0, names: new Set() }
      forms.set(form, { layers: known.layers + 1, names: new Set([...known.names, ...names]) })
    }
    for (const [form, { layers, names }] of forms) expect(layers, form).toBeGreaterThanOrEqual(names.size)
  })
})

describe('an estimate', () => {
  const input = { height: 24, width: 24, channels: 3 } as const

  it('has a part for every layer of the presets, in their order, and all add up', () => {
    const costs = costsOf(() => 1e-9)
    for (const build of [seedNetwork, quickNetwork, deepNetwork]) {
      const model = build({ ...input, height: 28, width: 28 }, 10)
      const { layers, other, secondsPerStep } = estimatedTimes(question(model), costs)
      expect(layers.map(({ layer }) => layer)).toEqual(model.layers.map(({ name }) => name))
      for (const { seconds, layer } of layers) expect(seconds, layer).toBeGreaterThan(0)
      expect(layers.reduce((sum, { seconds }) => sum + seconds, other)).toBeCloseTo(secondsPerStep, 12)
    }
  })

  it('is amounts times costs: fixed ones once a layer, the others for each image', () => {
    const dense = (units: number, batch: number): number => {
      const model: Model = {
        input,
        layers: [
          { kind: 'flatten', name: 'flatten' },
          { kind: 'dense', name: 'classes', units, bias: true, initializer: 'he-normal' },
        ],
        head: { kind: 'softmax', labelSmoothing: 0 },
      }
      const { layers } = estimatedTimes(
        question(model, batch),
        costsOf((name) => (name === 'dense/multiplyAdds' ? 1 : 0)),
      )
      return layers[1].seconds
    }
    expect(dense(10, 1)).toBe(1728 * 10)
    expect(dense(10, 32)).toBe(32 * 1728 * 10)
    expect(dense(20, 32)).toBe(32 * 1728 * 20)
    expect(otherAmounts(question(quickNetwork(input, 10), 5)).get('step/pixels')).toBe(5 * 24 * 24 * 3)
  })

  it('counts a ReLU behind which a pool stands for the pooled values, as training computes it', () => {
    const model = quickNetwork(input, 10)
    const after: Model = {
      ...model,
      layers: [...model.layers.slice(0, 1), model.layers[3], model.layers[1], ...model.layers.slice(4)],
    }
    const [, relu, pool] = estimatedTimes(
      question(after, 1),
      costsOf((name) => (name === 'activation-relu/out' ? 1 : 0)),
    ).layers
    expect([relu.layer, pool.layer]).toEqual(['relu_1', 'pool_1'])
    expect(relu.seconds).toBe(12 * 12 * 32)
  })
})
