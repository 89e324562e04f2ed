// @module-tag slow
import { describe, expect, it, onTestFinished } from 'vitest'
import type { LayerHealth } from '../../../../core/health/health.ts'
import { mapsIn } from '../../../../core/inspect/mapFigures.ts'
import { measure } from '../../../../core/network/geometry.ts'
import type { Model } from '../../../../core/network/model.ts'
import { seedNetwork } from '../../../../core/run/presets.ts'
import { InspectedNetwork } from '../../../../main/engine/inspect/inspectedNetwork.ts'
import type { TensorValue } from '../../../../main/engine/shared/tensorValue.ts'
import { type NetworkSession, openSession } from '../../../../main/engine/train/session.ts'
import { branched, single, slopes, someWeights } from '../inspect/someNetworks.ts'
import { adamOptimizer, firstTensors, someImages, someLabels } from './numbers.ts'

const images = 12
const pace = { learningRate: 1e-2, momentum: null }

function opened(model: Model, weights: ReadonlyMap<string, TensorValue>): NetworkSession {
  const session = openSession({
    model,
    optimizer: adamOptimizer,
    batch: 4,
    seed: 1,
    mixup: false,
    flips: false,
    healthImages: images,
  })
  onTestFinished(() => session.dispose())
  session.writeVariables(weights)
  return session
}

/** Kernels so small that nothing saturates, where slopes could not be told from 0. */
function tensorsOf(model: Model): Map<string, TensorValue> {
  const weights = [...someWeights(model, 1)].map(([name, tensor]): [string, TensorValue] => [
    name,
    name.endsWith('/kernel') ? { ...tensor, data: tensor.data.map((value) => value * 0.3) } : tensor,
  ])
  return new Map([...firstTensors(model, adamOptimizer, 1), ...weights])
}

const length = (values: Iterable<number>): number => Math.sqrt([...values].reduce((sum, value) => sum + value ** 2, 0))

function trainedNames(model: Model): [layer: string, names: string[]][] {
  return measure(model).flatMap(({ layer, variables }): [string, string[]][] => {
    const names = variables.flatMap(({ name, trained }) => (trained ? [name] : []))
    return names.length === 0 ? [] : [[layer.name, names]]
  })
}

function values(tensors: ReadonlyMap<string, TensorValue>, name: string): Float32Array {
  const tensor = tensors.get(name)
  if (tensor === undefined) throw new Error(`there is no ${name}`)
  return tensor.data
}

/** The seed network for small images, cheap enough for a quick test. */
const seedLike = seedNetwork({ height: 12, width: 12, channels: 3 }, 4)

describe.each([
  ['branches, depthwise, ELU and pools', branched, 3],
  ['one tanh neuron and GELU', single, 2],
])('the health of a network with %s', (_, model, classes) => {
  const batch = someImages(model, images, 3)
  const labels = someLabels(images, classes, 4)
  const tensors = tensorsOf(model)

  it('has the gradient of the mean loss, as its slopes by each weight have it', () => {
    const session = opened(model, tensors)
    session.keepWeights()
    const health = session.measureHealth(batch, labels, false)
    const lossWith = (name: string, data: Float32Array): number => {
      session.writeVariables(new Map([...tensors, [name, { shape: tensors.get(name)?.shape ?? [], data }]]))
      return session.evaluateBatch(batch, labels).lossSum / images
    }
    for (const [layer, names] of trainedNames(model)) {
      const found = names.flatMap((name) => slopes(values(tensors, name), (changed) => lossWith(name, changed), 2e-3))
      const norm = health.find((one) => one.layer === layer)?.gradientNorm ?? NaN
      expect(Math.abs(norm / length(found) - 1), layer).toBeLessThan(0.015)
    }
  })

  it('has the length of a step against that of the weights before it', () => {
    const session = opened(model, tensors)
    session.keepWeights()
    session.trainStep(someImages(model, 4, 5), someLabels(4, classes, 6), 1, pace, null)
    const health = session.measureHealth(batch, labels, true)
    const after = session.readVariables()
    for (const [layer, names] of trainedNames(model)) {
      const before = names.flatMap((name) => [...values(tensors, name)])
      const now = names.flatMap((name) => [...values(after, name)])
      const { updateRatio, weightNorm } = health.find((one) => one.layer === layer) ?? {}
      expect(weightNorm, layer).toBeCloseTo(length(now), 3)
      expect(updateRatio, layer).toBeCloseTo(length(now.map((value, at) => value - before[at])) / length(before), 4)
    }
  })

  it('lists the layers with weights and those whose units can fall silent, in the order of the network', () => {
    const session = opened(model, tensors)
    session.keepWeights()
    const listed = session.measureHealth(batch, labels, false)
    expect(listed.map(({ layer }) => layer)).toEqual(
      model.layers.map(({ name }) => name).filter((name) => listed.some(({ layer }) => layer === name)),
    )
    expect(listed.filter(({ units }) => units !== null).map(({ layer }) => layer)).toEqual(['bend'])
  })
})

/** Units of a layer that are above 0 at no place of any image, counted from its output. */
function silentIn(network: InspectedNetwork, layer: string, batch: Float32Array, shape: readonly number[]): number {
  const output = network.output(layer, batch)
  const units = mapsIn(shape)
  const fired = new Set<number>()
  output.forEach((value, at) => {
    if (value > 0) fired.add(at % units)
  })
  return units - fired.size
}

describe('silent units', () => {
  const batch = someImages(seedLike, images, 3)
  const labels = someLabels(images, 4, 4)
  /** Biases that keep some maps and neurons below 0 for every image. */
  const silenced = new Map(
    [...firstTensors(seedLike, adamOptimizer, 1)].map(([name, tensor]): [string, TensorValue] => {
      if (name !== 'conv_2/bias' && name !== 'fc_1/bias') return [name, tensor]
      return [name, { ...tensor, data: tensor.data.map((_, unit) => (unit % 3 === 0 ? -1e3 : 0.1)) }]
    }),
  )

  it('are counted as by hand from what each layer gives', () => {
    const session = opened(seedLike, silenced)
    session.keepWeights()
    const health = session.measureHealth(batch, labels, false)
    const network = new InspectedNetwork(seedLike)
    onTestFinished(() => network.dispose())
    const names = new Set(measure(seedLike).flatMap(({ variables }) => variables.map(({ name }) => name)))
    network.write(new Map([...silenced].filter(([name]) => names.has(name))))
    const counted = measure(seedLike).flatMap(({ layer, output }): Partial<LayerHealth>[] =>
      layer.kind === 'activation'
        ? [{ layer: layer.name, units: mapsIn(output), silent: silentIn(network, layer.name, batch, output) }]
        : [],
    )
    expect(
      health
        .filter(({ units }) => units !== null)
        .map(({ layer, units, silent }): Partial<LayerHealth> => ({ layer, units, silent })),
    ).toEqual(counted)
    expect(counted[1].silent).toBeGreaterThanOrEqual(22)
  })

  it('are not counted where an output is not finite, and the layers before are sound', () => {
    const session = opened(seedLike, silenced)
    const kernel = silenced.get('fc_2/kernel')
    if (kernel === undefined) throw new Error('fc_2 has no kernel')
    const data = kernel.data.slice()
    data[7] = NaN
    session.writeVariables(new Map([...silenced, ['fc_2/kernel', { ...kernel, data }]]))
    session.keepWeights()
    const of = new Map(session.measureHealth(batch, labels, false).map((health) => [health.layer, health]))
    expect(of.get('relu_1')).toMatchObject({ finite: true, units: 64 })
    expect(of.get('relu_1')?.silent).not.toBeNull()
    expect(of.get('fc_2')).toMatchObject({ finite: false, weights: null, activations: null, weightNorm: null })
    expect(of.get('relu_4')).toMatchObject({ finite: false, units: 128, silent: null, activations: null })
  })
})

it('is refused by a session that was not opened for it', () => {
  const session = openSession({
    model: single,
    optimizer: adamOptimizer,
    batch: 4,
    seed: 1,
    mixup: false,
    flips: false,
  })
  onTestFinished(() => session.dispose())
  expect(() => session.keepWeights()).toThrow('the graph has no keepWeights')
})
