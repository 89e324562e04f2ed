// @module-tag slow
import { describe, expect, it } from 'vitest'
import type { InspectImage, OcclusionPart } from '../../../../core/contract/inspectContract.ts'
import { probabilitiesFrom } from '../../../../core/inspect/probabilities.ts'
import { enteringImages } from '../../../../main/engine/inspect/enteringImages.ts'
import { occluded } from '../../../../main/engine/inspect/occluded.ts'
import { bytesText, floatsIn } from '../../../../main/engine/shared/base64.ts'
import { differences } from '../graph/numbers.ts'
import { brightnessWeights, byBrightness, tinySubject } from './tinySubject.ts'

const pixels = Uint8Array.from({ length: 32 * 32 * 3 }, (_, place) => (place * 7919) % 256)
const image: InspectImage = { height: 32, width: 32, channels: 3, pixels: bytesText(pixels) }

async function partsOf(parts: AsyncGenerator<OcclusionPart>): Promise<OcclusionPart[]> {
  const all: OcclusionPart[] = []
  for await (const part of parts) all.push(part)
  return all
}

describe('an occlusion', () => {
  it('answers what the network answers with grey in each place', async () => {
    const { subject, tools } = await tinySubject(byBrightness, brightnessWeights())
    const parts = await partsOf(occluded(tools, { ...subject, image, side: 8, stride: 8 }))
    const last = parts.at(-1)
    if (last?.kind !== 'covered') throw new Error('it has no answer')

    const network = await tools.networks.ask(subject, (network) => network)
    const entering = enteringImages(subject.config, [image])
    const answer = (of: Float32Array): number[] => probabilitiesFrom(byBrightness.head, [...network.answer(of)])
    expect(differences(floatsIn(last.uncovered), answer(entering), 1e-6)).toEqual([])
    const second = entering.slice()
    for (let y = 0; y < 8; y += 1) second.fill(127.5 / 255, (y * 24 + 8) * 3, (y * 24 + 16) * 3)
    const probabilities = floatsIn(last.probabilities)
    expect(probabilities).toHaveLength(9 * 3)
    expect(differences(probabilities.slice(3, 6), answer(second), 1e-6)).toEqual([])
  })

  it('tells its progress, and ends when nobody listens any more', async () => {
    const { subject, tools } = await tinySubject(byBrightness, brightnessWeights())
    const listening = new AbortController()
    const parts = occluded(tools, { ...subject, image, side: 3, stride: 1 }, listening.signal)
    expect((await parts.next()).value).toMatchObject({ kind: 'progress', total: 576 })
    listening.abort()
    expect(await partsOf(parts)).toEqual([])
  })
})
