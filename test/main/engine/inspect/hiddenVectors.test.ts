// @module-tag slow
import { describe, expect, it } from 'vitest'
import type { VectorsPart } from '../../../../core/contract/inspectContract.ts'
import { chosenImages } from '../../../../core/embedding/chosenImages.ts'
import type { Model } from '../../../../core/network/model.ts'
import { hiddenVectors } from '../../../../main/engine/inspect/hiddenVectors.ts'
import { ImageList } from '../../../../main/engine/inspect/imageList.ts'
import { floatsIn, wordsIn } from '../../../../main/engine/shared/base64.ts'
import { branched, someWeights } from './someNetworks.ts'
import { tinySubject } from './tinySubject.ts'

const model: Model = { ...branched, input: { height: 24, width: 24, channels: 3 } }

async function partsOf(parts: AsyncGenerator<VectorsPart>): Promise<VectorsPart[]> {
  const all: VectorsPart[] = []
  for await (const part of parts) all.push(part)
  return all
}

describe('the vectors of a layer', () => {
  it.each(['sum', 'input'])('are its output for the chosen images, in their order: %s', async (layer) => {
    const { subject, dataFolder, tools } = await tinySubject(model, someWeights(model, 3))
    const [chosen, ...batches] = await partsOf(hiddenVectors(tools, { ...subject, dataFolder, layer, count: 40 }))
    if (chosen.kind !== 'chosen') throw new Error('no images were chosen')
    const numbers = wordsIn(chosen.numbers)
    const list = await ImageList.open(tools.data, { dataFolder, split: 'test' }, subject.config)
    expect(numbers).toEqual(chosenImages(list.labels, 40))
    const images = list.read(numbers, 40)
    const expected = await tools.networks.ask(subject, (network) => network.output(layer, images.next(40)))
    images.close()
    const values = batches.flatMap((part) => (part.kind === 'vectors' ? [...floatsIn(part.values)] : []))
    expect(values).toHaveLength(expected.length)
    values.forEach((value, place) => expect(value).toBeCloseTo(expected[place], 4))
    expect(batches.at(-1)).toMatchObject({ kind: 'vectors', done: 40, total: 40 })
  })

  it('end where a value is not finite, and where nobody listens', async () => {
    const weights = new Map(
      [...someWeights(model, 3)].map(([name, { shape, data }]) => [name, { shape, data: data.map(() => NaN) }]),
    )
    const broken = await tinySubject(model, weights)
    const asked = { ...broken.subject, dataFolder: broken.dataFolder, layer: 'sum', count: 40 }
    expect((await partsOf(hiddenVectors(broken.tools, asked))).at(-1)).toEqual({ kind: 'not-finite' })

    const { subject, dataFolder, tools } = await tinySubject(model, someWeights(model, 3))
    const listening = new AbortController()
    const parts = hiddenVectors(tools, { ...subject, dataFolder, layer: 'sum', count: 300 }, listening.signal)
    expect((await parts.next()).value).toMatchObject({ kind: 'chosen' })
    expect((await parts.next()).value).toMatchObject({ kind: 'vectors', total: 300 })
    listening.abort()
    expect(await partsOf(parts)).toEqual([])
  })
})
