// @module-tag slow
import { describe, expect, it } from 'vitest'
import { checkNetwork } from '../../../../core/network/checkNetwork.ts'
import { checkTrained, classesOf, measure } from '../../../../core/network/geometry.ts'
import { layerDefinitions } from '../../../../core/layers/registry.ts'
import { Model } from '../../../../core/network/model.ts'
import { RandomNumbers } from '../../../../core/numbers/random.ts'
import type { Optimizer } from '../../../../core/run/optimizer.ts'
import { LabError } from '../../../../core/words/problems.ts'
import { initialVariables } from '../../../../main/engine/train/initialWeights.ts'
import { openSession } from '../../../../main/engine/train/session.ts'
import { openLayers } from '../../../../main/engine/timing/stepTimes.ts'
import { adamOptimizer, someImages, someLabels } from '../graph/numbers.ts'
import { randomNetwork } from '../../../core/network/randomNetworks.ts'

const seeds = Array.from({ length: 200 }, (_, index) => index + 1)
const batch = 4

/** The layer that a network is refused for; null where it is not refused. */
function refusedFor(model: Model): string | null {
  try {
    checkTrained(measure(model))
    return null
  } catch (thrown) {
    if (!(thrown instanceof LabError) || thrown.problem.code !== 'model-invalid') throw thrown
    return String(thrown.problem.parameters.layer)
  }
}

/** The layers that the check of a network of one's own names, for as many classes as the network tells apart. */
function faultsOf(model: Model): readonly (string | null)[] {
  const classes = refusedFor(model) === null ? classesOf(model) : 2
  return checkNetwork(model, { input: model.input, classes }).faults.map(({ place }) =>
    place === null ? null : model.layers[place].name,
  )
}

/** Adam, and now and then with weight decay and clipped gradients. */
function optimizerOf(seed: number): Optimizer {
  return seed % 4 === 0 ? { ...adamOptimizer, kind: 'adamw', weightDecay: 0.01, clipNorm: 1 } : adamOptimizer
}

/** One step, an evaluation and, now and then, a look at its health. */
function trained(model: Model, seed: number): number[] {
  const session = openSession({
    model,
    optimizer: optimizerOf(seed),
    batch,
    seed,
    mixup: false,
    flips: seed % 3 === 0,
    healthImages: seed % 5 === 0 ? batch : 0,
  })
  try {
    const images = someImages(model, batch, seed)
    const labels = someLabels(batch, classesOf(model), seed)
    session.writeVariables(
      initialVariables(model, optimizerOf(seed), new RandomNumbers(seed), () => ({ ...model.input, values: images })),
    )
    if (seed % 5 === 0) session.keepWeights()
    const { loss, correct } = session.trainStep(images, labels, 1, { learningRate: 1e-3, momentum: null }, null)
    const evaluated = session.evaluateBatch(images, labels)
    if (seed % 5 === 0) expect(session.measureHealth(images, labels, true).length).toBeGreaterThan(0)
    return [loss, correct, evaluated.lossSum, evaluated.correct]
  } finally {
    session.dispose()
  }
}

describe('200 random networks', () => {
  const networks = seeds.map((seed) => ({ seed, model: randomNetwork(seed), layer: refusedFor(randomNetwork(seed)) }))
  const sound = networks.filter(({ layer }) => layer === null)

  it('are as the schema of a network has them, and the same for the same seed', () => {
    for (const { seed, model } of networks) {
      expect(Model.safeParse(model).error, String(seed)).toBeUndefined()
      expect(randomNetwork(seed)).toEqual(model)
    }
  })

  it('have every kind of layer among those that fit, and many that do not', () => {
    const kinds = new Set(sound.flatMap(({ model }) => model.layers.map(({ kind }) => kind)))
    expect([...kinds].toSorted()).toEqual(layerDefinitions.map(({ kind }) => kind).toSorted())
    expect(sound.length).toBeGreaterThan(90)
    expect(networks.length - sound.length).toBeGreaterThan(40)
  })

  it('are refused with a layer of their own named', () => {
    for (const { seed, model, layer } of networks) {
      if (layer !== null)
        expect(
          model.layers.map(({ name }) => name),
          String(seed),
        ).toContain(layer)
    }
  })

  it('are refused by the check of whoever builds them exactly if training refuses them, for the same layer', () => {
    for (const { seed, model, layer } of networks) {
      const faults = faultsOf(model)
      if (layer === null) expect(faults, String(seed)).toEqual([])
      else expect(faults, String(seed)).toContain(layer)
    }
  })

  it.each(sound)('or train a step and are measured: network $seed', ({ seed, model }) => {
    for (const number of trained(model, seed)) {
      expect(typeof number).toBe('number')
      // Nothing is trained so far that its numbers could overflow.
      expect(Number.isFinite(number), JSON.stringify(model)).toBe(true)
    }
  })

  it.each(sound.filter(({ seed }) => seed % 3 === 0))(
    'can be timed, each layer alone: network $seed',
    ({ model, seed }) => {
      const alone = openLayers({ model, optimizer: optimizerOf(seed), batch })
      try {
        for (const { name } of model.layers) expect(alone.time(`layer:${name}`)).toBeGreaterThan(0)
        expect(alone.time('head')).toBeGreaterThan(0)
      } finally {
        alone.dispose()
      }
    },
  )
})
