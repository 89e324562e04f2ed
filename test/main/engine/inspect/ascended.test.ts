// @module-tag slow
import { describe, expect, it, onTestFinished } from 'vitest'
import type { AscentPart } from '../../../../core/contract/inspectContract.ts'
import type { AscentAim } from '../../../../core/inspect/ascending.ts'
import type { Model } from '../../../../core/network/model.ts'
import { AscentNetwork } from '../../../../main/engine/inspect/ascentNetwork.ts'
import { ascended } from '../../../../main/engine/inspect/ascended.ts'
import { floatsIn } from '../../../../main/engine/shared/base64.ts'
import { differences, randomNumbers, someImages } from '../graph/numbers.ts'
import { branched, openNetwork, single, slopes, someWeights } from './someNetworks.ts'
import { tinySubject, type TinySubject } from './tinySubject.ts'

async function ascentOf(
  { subject, tools }: TinySubject,
  aim: AscentAim,
  seed: number,
): Promise<{ parts: AscentPart[]; before: number; after: number; image: Float32Array }> {
  const parts: AscentPart[] = []
  for await (const part of ascended(tools, { ...subject, aim, seed, steps: 12 })) parts.push(part)
  const last = parts.at(-1)
  if (last?.kind !== 'reached') throw new Error('the ascent has no image')
  const [before, after] = floatsIn(last.values)
  return { parts, before, after, image: floatsIn(last.image) }
}

const branchedHere: Model = { ...branched, input: { height: 24, width: 24, channels: 3 } }
const singleHere: Model = { ...single, input: { height: 20, width: 20, channels: 3 } }

describe('a network up to a layer', () => {
  it.each(['stem', 'joined', 'classes'])('gives the layer’s output and the slopes by the image: %s', (layer) => {
    const network = new AscentNetwork(branched, layer)
    onTestFinished(() => network.dispose())
    network.write(someWeights(branched, 1))
    const whole = openNetwork(branched)
    const image = someImages(branched, 1, 5)
    const factors = randomNumbers(whole.output(layer, image).length, 6)
    const gradient = network.gradient(image, factors)
    expect(differences(network.output(image), whole.output(layer, image), 1e-5)).toEqual([])
    const score = (of: Float32Array): number =>
      whole.output(layer, of).reduce((sum, value, place) => sum + value * factors[place], 0)
    expect(differences(gradient, slopes(image, score), 2e-3)).toEqual([])
  })
})

describe('gradient ascent in a network', () => {
  it('makes an image that excites a map, a unit or a class more', async () => {
    const tiny = await tinySubject(branchedHere, someWeights(branchedHere, 3))
    const aims: AscentAim[] = [
      { kind: 'map', layer: 'joined', map: 4 },
      { kind: 'map', layer: 'classes', map: 1 },
      { kind: 'class', label: 2 },
    ]
    for (const aim of aims) {
      const { parts, before, after } = await ascentOf(tiny, aim, 1)
      expect(parts.slice(0, -1)).toMatchObject(
        Array.from({ length: 12 }, (_, step) => ({ kind: 'progress', done: step + 1, total: 12 })),
      )
      expect(after).toBeGreaterThan(before)
    }
  })

  it('tells what the network makes of the image', async () => {
    const tiny = await tinySubject(branchedHere, someWeights(branchedHere, 3))
    const { image, after } = await ascentOf(tiny, { kind: 'map', layer: 'deep', map: 1 }, 5)
    const output = (await tiny.tools.networks.ask(tiny.subject, (network) => network)).output('deep', image)
    const own = output.filter((_, place) => place % 3 === 1)
    expect(own.reduce((sum, value) => sum + Math.max(0, value), 0) / own.length).toBeCloseTo(after, 4)
  })

  it('is the same for the same seed', async () => {
    const tiny = await tinySubject(branchedHere, someWeights(branchedHere, 3))
    const aim: AscentAim = { kind: 'class', label: 0 }
    const first = await ascentOf(tiny, aim, 4)
    expect((await ascentOf(tiny, aim, 4)).image).toEqual(first.image)
    expect((await ascentOf(tiny, aim, 5)).image).not.toEqual(first.image)
  })

  it('goes to either side for the two classes of one neuron', async () => {
    const weights = someWeights(singleHere, 2)
    const tiny = await tinySubject(singleHere, weights)
    for (const label of [0, 1]) {
      const { before, after, image } = await ascentOf(tiny, { kind: 'class', label }, 1)
      expect(after).toBeGreaterThan(before)
      const [logit] = (await tiny.tools.networks.ask(tiny.subject, (network) => network)).answer(image)
      expect(label === 1 ? logit : -logit).toBeCloseTo(after, 4)
    }
  })

  it('ends when nobody listens any more', async () => {
    const { subject, tools } = await tinySubject(branchedHere, someWeights(branchedHere, 3))
    const listening = new AbortController()
    const order = { ...subject, aim: { kind: 'class' as const, label: 0 }, seed: 1, steps: 1000 }
    const parts = ascended(tools, order, listening.signal)
    expect((await parts.next()).value).toMatchObject({ kind: 'progress', done: 1, total: 1000 })
    listening.abort()
    expect((await parts.next()).done).toBe(true)
  })
})
