// @module-tag slow
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { pictureAddress, type PictureQuestion } from '../../../core/inspect/pictureQuestion.ts'
import type { ImageChoice } from '../../../core/inspect/imageChoice.ts'
import { pictureResponse } from '../../../main/inspect/pictures/pictureResponse.ts'
import { inspectedLab } from './inspectedLab.ts'

const image: ImageChoice = { kind: 'stored', split: 'test', number: 12 }

describe('a network of a run', () => {
  test('is asked about an image, layer by layer', async () => {
    const { client, lab, run } = await inspectedLab()
    const question = { run, checkpoint: 'last' as const, image }
    const prediction = await client.look.predict(question)
    expect(prediction).toMatchObject({ run, checkpoint: 4, label: 2, classes: expect.arrayContaining(['frog']) })
    expect(prediction.probabilities.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10)

    const maps = await client.look.maps({ ...question, layer: 'conv_1' })
    expect(maps.shape).toEqual([24, 24, 64])
    const { values } = await client.look.map({ ...question, layer: 'conv_1', map: 3 })
    expect(Math.max(...values.map(Number))).toBe(maps.maps[3].max)
    const logits = await client.look.maps({ ...question, layer: 'classes' })
    expect(logits.maps.map(({ mean }) => mean)).toEqual(prediction.logits)

    const sha256 = lab.history.checkpoint(run, 4).sha256.slice(0, 12)
    const of: PictureQuestion = { what: 'maps', run, step: 4, sha256, image, layer: 'conv_1', scale: 'layer' }
    const answer = await pictureResponse(new Request(`http://lab${pictureAddress(of, { scale: 2 })}`), lab.inspection)
    expect(answer.status).toBe(200)
    const { width, height } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata()
    expect([width, height]).toEqual([2 * (8 * 25 - 1), 2 * (8 * 25 - 1)])
  })
})
