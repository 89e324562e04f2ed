// @module-tag slow
import { describe, expect, test } from 'vitest'
import { choiceOf } from '../../../core/data/datasetView.ts'
import { mapExtents, mapsIn } from '../../../core/inspect/mapFigures.ts'
import type { ImageChoice } from '../../../core/inspect/imageChoice.ts'
import type { ValueSum } from '../../../core/inspect/valueSum.ts'
import { measure } from '../../../core/network/geometry.ts'
import type { Model } from '../../../core/network/model.ts'
import type { OpenLab } from '../openLab.ts'
import { openLab, rested, smallRequest } from '../openLab.ts'
import { smallHome } from '../smallHome.ts'
import { inspectedLab } from './inspectedLab.ts'

const image: ImageChoice = { kind: 'stored', split: 'test', number: 12 }

/** A network with a bit of everything: branches, a depthwise layer, a pool with a scale, a tanh neuron as its head. */
const varied: Model = {
  input: { height: 24, width: 24, channels: 3 },
  layers: [
    {
      kind: 'conv',
      name: 'stem',
      filters: 6,
      kernel: { height: 3, width: 3 },
      stride: 2,
      padding: 'same',
      bias: true,
      initializer: 'he-normal',
    },
    { kind: 'batch-norm', name: 'norm', epsilon: 1e-3, momentum: 0.9 },
    { kind: 'activation', name: 'bend', function: { kind: 'gelu' } },
    {
      kind: 'depthwise-conv',
      name: 'deep',
      multiplier: 2,
      kernel: { height: 3, width: 2 },
      stride: 1,
      padding: 'same',
      bias: true,
      initializer: 'he-normal',
    },
    {
      kind: 'average-pool',
      name: 'subsampled',
      size: 2,
      stride: 2,
      padding: 'same',
      scaling: { function: { kind: 'sigmoid' } },
    },
    { kind: 'max-pool', name: 'side', from: 'bend', size: 3, stride: 2, padding: 'same', scaling: null },
    { kind: 'concat', name: 'joined', from: ['subsampled', 'side'] },
    { kind: 'dropout', name: 'drop', rate: 0.2 },
    { kind: 'add', name: 'sum', from: ['drop', 'joined'] },
    { kind: 'flatten', name: 'flatten' },
    { kind: 'dense', name: 'neuron', units: 1, bias: true, initializer: 'glorot-uniform' },
    { kind: 'scale', name: 'small', factor: 0.25 },
  ],
  head: { kind: 'tanh', loss: 'squared' },
}

/** Numbers of a few places of an axis: both ends, and between. */
function some(extent: number): number[] {
  return [...new Set([0, Math.floor(extent / 3), extent - 1])]
}

/** The sums of several values of every layer. */
async function sumsOf({ client }: OpenLab, run: number, model: Model): Promise<ValueSum[]> {
  const found: ValueSum[] = []
  for (const { layer, output } of measure(model)) {
    const { height, width } = mapExtents(output)
    for (const map of some(mapsIn(output)))
      for (const y of some(height))
        for (const x of some(width)) {
          const at = { layer: layer.name, map, y, x, inputChannel: null }
          found.push(await client.look.value({ run, checkpoint: 'last', image, ...at }))
        }
  }
  return found
}

function expectEqual({ layer, map, y, x, value, computed }: ValueSum): void {
  const difference = Math.abs(Number(value) - Number(computed))
  expect({ layer, map, y, x, close: difference <= 1e-5 * Math.max(1, Math.abs(Number(value))) }).toMatchObject({
    close: true,
  })
}

describe('the sum of a value is the value that the network has', () => {
  test('on the Lab network, and it can be added up', async () => {
    const open = await inspectedLab()
    const { client, lab, run } = open
    const sums = await sumsOf(open, run, lab.history.run(run).config.model)
    for (const sum of sums) expectEqual(sum)

    const question = { run, checkpoint: 'last' as const, image, layer: 'conv_2', map: 5, y: 0, x: 11 }
    const { computed, how } = await client.look.value({ ...question, inputChannel: 7 })
    if (how.kind !== 'products') throw new Error('a convolution is a sum of products')
    const total = how.channels.reduce((sum, { sum: part }) => sum + Number(part), how.bias ?? 0)
    expect(total).toBeCloseTo(Number(computed), 12)
    expect(how.terms.reduce((sum, { product }) => sum + Number(product), 0)).toBeCloseTo(
      Number(how.channels[7].sum),
      12,
    )
    // Two rows above and two columns to the right are padding.
    expect(how.terms.filter(({ padding }) => padding)).toHaveLength(25 - 9)
    const patch = await client.look.map({ run, checkpoint: 'last', image, layer: 'pool_1', map: 7 })
    for (const { y, x, padding, value } of how.terms)
      expect(value).toBe(padding ? 0 : patch.values[y * patch.width + x])

    const unit = await client.look.value({ ...question, layer: 'fc_1', y: 0, x: 0, inputChannel: null })
    if (unit.how.kind !== 'weighted-inputs') throw new Error('a dense layer weighs its inputs')
    expect(unit.how.terms.length + unit.how.rest.count).toBe(2304)

    const pixel = await client.look.value({ ...question, layer: 'input', map: 2, y: 3, x: 4, inputChannel: null })
    expect(pixel).toMatchObject({ how: { kind: 'pixel', pixel: Math.round(Number(pixel.value) * 255) } })
  })

  test('on one with branches, a depthwise layer, a pool with a scale and a tanh neuron', async () => {
    const open = await openLab(await smallHome())
    const request = smallRequest(open.lab, { goal: 4, evaluateEvery: 2 })
    const data = { ...request.config.data, choice: { ...choiceOf({}), classes: [3, 5] } }
    const { id } = open.lab.runs.start({ ...request, config: { ...request.config, data, model: varied } })
    await rested(open.lab, id, 0)
    for (const sum of await sumsOf(open, id, varied)) expectEqual(sum)
  })
})

test.each([
  [{ layer: 'conv_9' }, 'layer-unknown'],
  [{ map: 64 }, 'map-unknown'],
  [{ y: 24 }, 'place-unknown'],
  [{ inputChannel: 3 }, 'input-channel-unknown'],
])('%j is refused: %s', async (change, code) => {
  const { client, run } = await inspectedLab()
  const question = { run, checkpoint: 'last' as const, image, layer: 'conv_1', map: 0, y: 0, x: 0, inputChannel: null }
  await expect(client.look.value({ ...question, ...change })).rejects.toMatchObject({ data: { code } })
})
