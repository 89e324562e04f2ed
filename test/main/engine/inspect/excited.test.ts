// @module-tag slow
import { describe, expect, it } from 'vitest'
import type { ExcitePart } from '../../../../core/contract/inspectContract.ts'
import { mostExciting } from '../../../../core/inspect/exciting.ts'
import type { Model } from '../../../../core/network/model.ts'
import { excited } from '../../../../main/engine/inspect/excited.ts'
import { ImageList } from '../../../../main/engine/inspect/imageList.ts'
import { floatsIn, wordsIn } from '../../../../main/engine/shared/base64.ts'
import { branched, someWeights } from './someNetworks.ts'
import { tinySubject } from './tinySubject.ts'

const model: Model = { ...branched, input: { height: 24, width: 24, channels: 3 } }

async function partsOf(parts: AsyncGenerator<ExcitePart>): Promise<ExcitePart[]> {
  const all: ExcitePart[] = []
  for await (const part of parts) all.push(part)
  return all
}

describe('the images that excite a map most', () => {
  it.each(['sum', 'classes', 'input'])('are those of all with the highest values in it: %s', async (layer) => {
    const { subject, dataFolder, tools } = await tinySubject(model, someWeights(model, 3))
    const list = { dataFolder, split: 'test' as const }
    const parts = await partsOf(excited(tools, { ...subject, ...list, layer }))
    const found = parts.at(-1)
    if (found?.kind !== 'found') throw new Error('nothing was found')
    expect(parts.at(-2)).toMatchObject({ kind: 'progress', done: 300, total: 300 })

    const images = (await ImageList.open(tools.data, list, subject.config)).read(
      Uint32Array.from({ length: 300 }, (_, number) => number),
      300,
    )
    const network = await tools.networks.ask(subject, (network) => network)
    const output = network.output(layer, images.next(300))
    images.close()
    const maps = network.shapeOf(layer).at(-1) ?? 0
    const places = output.length / 300 / maps
    const [values, numbers, at] = [floatsIn(found.values), wordsIn(found.numbers), wordsIn(found.places)]
    for (let map = 0; map < maps; map += 1) {
      const peaks = Array.from({ length: 300 }, (_, number) => {
        const own = Array.from({ length: places }, (_value, place) => output[(number * places + place) * maps + map])
        return { number, value: Math.max(...own), own }
      })
      const expected = peaks.toSorted((one, other) => other.value - one.value).slice(0, mostExciting)
      expected.forEach(({ value }, rank) => {
        const index = map * mostExciting + rank
        expect(values[index]).toBeCloseTo(value, 4)
        expect(peaks[numbers[index]].own[at[index]]).toBeCloseTo(value, 4)
      })
    }
  })

  it('are no longer looked for when nobody listens', async () => {
    const { subject, dataFolder, tools } = await tinySubject(model, someWeights(model, 3))
    const listening = new AbortController()
    const order = { ...subject, dataFolder, split: 'test' as const, layer: 'norm' }
    const parts = excited(tools, order, listening.signal)
    expect((await parts.next()).value).toMatchObject({ kind: 'progress', total: 300 })
    listening.abort()
    expect(await partsOf(parts)).toEqual([])
  })
})
