// @module-tag slow
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import type { OcclusionEvent, OcclusionQuestion } from '../../../core/inspect/explaining.ts'
import type { ImageChoice } from '../../../core/inspect/imageChoice.ts'
import { pictureAddress, type PictureQuestion } from '../../../core/inspect/pictureQuestion.ts'
import { pictureResponse } from '../../../main/inspect/pictures/pictureResponse.ts'
import { inspectedLab } from './inspectedLab.ts'

const image: ImageChoice = { kind: 'stored', split: 'test', number: 12 }

describe('why a network answers as it does', () => {
  test('is said in maps over the image, as numbers and as pictures', async () => {
    const { client, lab, run } = await inspectedLab()
    const question = { run, checkpoint: 4, image }
    const { predicted, probabilities } = await client.look.predict(question)
    const extentsOf = async (of: PictureQuestion): Promise<(number | undefined)[]> => {
      const answer = await pictureResponse(new Request(`http://lab${pictureAddress(of)}`), lab.inspection)
      expect(answer.status).toBe(200)
      const { height, width } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata()
      return [height, width]
    }
    const sha256 = lab.history.checkpoint(run, 4).sha256.slice(0, 12)
    const drawn = { run, step: 4, sha256, image, label: predicted }

    const saliency = await client.look.saliency({ ...question, label: predicted })
    expect([saliency.height, saliency.width]).toEqual([24, 24])
    expect(saliency.min).toBeGreaterThanOrEqual(0)
    expect(saliency.max).toBe(Math.max(...saliency.values.map(Number)))
    expect(saliency.max).toBeGreaterThan(0)
    expect(await extentsOf({ what: 'saliency', ...drawn, over: false })).toEqual([24, 24])

    const cam = await client.look.cam({ ...question, layer: 'conv_2', label: predicted })
    expect([cam.height, cam.width]).toEqual([12, 12])
    expect(cam.min).toBeGreaterThanOrEqual(0)
    expect(await extentsOf({ what: 'cam', ...drawn, layer: 'conv_2', over: false })).toEqual([12, 12])
    expect(await extentsOf({ what: 'cam', ...drawn, layer: 'conv_2', over: true })).toEqual([24, 24])

    const occlusion: OcclusionQuestion = { ...question, label: predicted, side: 6, stride: 4 }
    const events: OcclusionEvent[] = []
    for await (const event of await client.look.occlusion(occlusion)) events.push(event)
    const covered = events.at(-1)
    if (covered?.kind !== 'covered') throw new Error('the occlusion has no answer')
    expect(events[0]).toMatchObject({ kind: 'progress', total: 36 })
    expect(covered.uncovered).toBeCloseTo(probabilities[predicted], 6)
    expect([covered.map.height, covered.map.width]).toEqual([6, 6])
    const picture = { what: 'occlusion' as const, ...drawn, side: 6, stride: 4 }
    expect(await extentsOf({ ...picture, over: false })).toEqual([6, 6])
    expect(await extentsOf({ ...picture, over: true })).toEqual([24, 24])
    // What was computed for one class is known for the others.
    const others: OcclusionEvent[] = []
    for await (const event of await client.look.occlusion({ ...occlusion, label: 0 })) others.push(event)
    expect(others.map(({ kind }) => kind)).toEqual(['covered'])
  })

  test('is changed by a small step, which can be seen', async () => {
    const { client, lab, run } = await inspectedLab()
    const question = { run, checkpoint: 4, image }
    const { predicted, probabilities } = await client.look.predict(question)
    const step = await client.look.fgsm(question)
    expect(step.before.predicted).toBe(predicted)
    step.before.probabilities.forEach((share, label) => expect(share).toBeCloseTo(probabilities[label], 6))
    expect(step.epsilon).toBeGreaterThan(0)
    expect(step.after?.predicted).not.toBe(predicted)

    const sha256 = lab.history.checkpoint(run, 4).sha256.slice(0, 12)
    const drawn = { run, step: 4, sha256, image }
    const plain = { format: 'png', scale: 1, title: null } as const
    const pixelsOf = async (of: PictureQuestion): Promise<Buffer> => {
      const { bytes } = await client.look.picture({ question: of, options: plain })
      return sharp(Buffer.from(bytes, 'base64')).removeAlpha().raw().toBuffer()
    }
    const input = await pixelsOf({ what: 'input', run, image, channel: null })
    const changed = await pixelsOf({ what: 'changed-image', ...drawn })
    const largest = Math.max(...changed.map((value, place) => Math.abs(value - input[place])))
    expect(largest).toBeLessThanOrEqual(Math.ceil(step.epsilon ?? 0))
    const change = await pixelsOf({ what: 'change', ...drawn, channel: 0 })
    expect(change).toHaveLength(24 * 24 * 3)
    expect(new Set(change).size).toBeGreaterThan(1)
    await expect(pixelsOf({ what: 'change', ...drawn, channel: 3 })).rejects.toMatchObject({
      data: { code: 'input-channel-unknown' },
    })
  })

  test('is refused in a sentence for what is not there', async () => {
    const { client, run } = await inspectedLab()
    const question = { run, checkpoint: 'last' as const, image }
    await expect(client.look.saliency({ ...question, label: 10 })).rejects.toMatchObject({
      data: { code: 'class-number-unknown', parameters: { class: 10, last: 9 } },
    })
    await expect(client.look.cam({ ...question, layer: 'fc_1', label: 0 })).rejects.toMatchObject({
      data: { code: 'layer-without-maps', parameters: { layer: 'fc_1' } },
    })
    await expect(client.look.cam({ ...question, layer: 'conv_9', label: 0 })).rejects.toMatchObject({
      data: { code: 'layer-unknown' },
    })
  })
})
