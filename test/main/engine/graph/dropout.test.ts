import { afterEach, describe, expect, it } from 'vitest'
import type { Model } from '../../../../core/network/model.ts'
import { LayerSeeds } from '../../../../main/engine/train/layerSeeds.ts'
import { type NetworkSession, openSession } from '../../../../main/engine/train/session.ts'
import { openLayer } from './layerProbe.ts'
import { adamOptimizer, bitsOf, firstTensors, someImages, someLabels } from './numbers.ts'

const layer = { kind: 'dropout', name: 'layer', rate: 0.3 } as const
const input = { height: 20, width: 30, channels: 3 } as const
const count = 4 * 20 * 30 * 3

describe('a dropout layer', () => {
  it('lets a share of the rate fall out in training and scales up the rest; the gradient passes the same way', () => {
    const probe = openLayer(layer, input, 4)
    const ones = new Float32Array(count).fill(1)
    const { output } = probe.forward(ones, {})
    const fallen = output.filter((value) => value === 0).length
    expect(output.every((value) => value === 0 || value === Math.fround(1 / 0.7))).toBe(true)
    // Within four standard deviations of a binomial distribution.
    expect(Math.abs(fallen - 0.3 * count)).toBeLessThan(4 * Math.sqrt(count * 0.3 * 0.7))
    expect(probe.gradients(ones, {}, ones).input).toEqual(output)
    probe.dispose()
  })

  it('lets every value pass in inference', () => {
    const probe = openLayer(layer, input, 4, 'inference')
    const values = Float32Array.from({ length: count }, (_, index) => index)
    expect(probe.forward(values, {}).output).toEqual(values)
    probe.dispose()
  })
})

const model: Model = {
  input: { height: 6, width: 5, channels: 3 },
  layers: [
    { kind: 'dropout', name: 'drop_1', rate: 0.5 },
    { kind: 'flatten', name: 'flatten' },
    { kind: 'dense', name: 'fc_1', units: 9, bias: true, initializer: 'glorot-uniform' },
    { kind: 'dropout', name: 'drop_2', rate: 0.5 },
    { kind: 'dense', name: 'classes', units: 4, bias: true, initializer: 'glorot-uniform' },
  ],
  head: { kind: 'softmax', labelSmoothing: 0 },
}

describe('the seeds of dropout', () => {
  it('are a pure function of seed, layer and step, and differ between them', () => {
    const at = (seed: number, step: number): string[] =>
      new LayerSeeds(model, seed).at(step).map(([name, words]) => `${name} ${words.join()}`)
    const words = (each: string): string => each.split(' ')[1]
    expect(at(1, 7)).toEqual(at(1, 7))
    expect(at(1, 7).map((each) => each.split(' ')[0])).toEqual(['drop_1', 'drop_2'])
    expect(new Set([...at(1, 7), ...at(1, 8), ...at(2, 7)].map(words)).size).toBe(6)
  })
})

describe('training with dropout', () => {
  const opened: NetworkSession[] = []
  afterEach(() => {
    for (const session of opened.splice(0)) session.dispose()
  })
  const started = (seed: number): NetworkSession => {
    const session = openSession({ model, optimizer: adamOptimizer, batch: 8, seed, mixup: false, flips: false })
    session.writeVariables(firstTensors(model, adamOptimizer, 1))
    opened.push(session)
    return session
  }
  const pace = { learningRate: 1e-3, momentum: null }
  const images = someImages(model, 8, 1)
  const labels = someLabels(8, 4, 1)
  const steps = (session: NetworkSession, from: number, to: number): number[] => {
    const losses = []
    for (let step = from; step <= to; step += 1) losses.push(session.trainStep(images, labels, step, pace, null).loss)
    return losses
  }

  it('repeats to the bit with one seed, also from a checkpoint in the middle, and not with another', () => {
    const unbroken = started(1)
    const losses = steps(unbroken, 1, 9)
    const first = started(1)
    steps(first, 1, 4)
    const second = started(1)
    second.writeVariables(first.readVariables())
    expect(steps(second, 5, 9)).toEqual(losses.slice(4))
    expect(bitsOf(second.readVariables())).toEqual(bitsOf(unbroken.readVariables()))
    expect(steps(started(2), 1, 9)).not.toEqual(losses)
  })

  it('draws another mask at each step', () => {
    const session = started(1)
    const still = new Map(session.readVariables())
    const losses = [1, 2, 3].map((step) => {
      session.writeVariables(still)
      return session.trainStep(images, labels, step, pace, null).loss
    })
    expect(new Set(losses).size).toBe(3)
  })
})
