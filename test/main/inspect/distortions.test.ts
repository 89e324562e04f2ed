// @module-tag slow
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { centrePlace, type Distortion } from '../../../core/run/distortion.ts'
import { feedOf, type FeedSettings } from '../../../core/run/feedSettings.ts'
import { undistorted } from '../../../core/run/augmentation.ts'
import type { FeedSource } from '../../../core/inspect/distorting.ts'
import type { ImageChoice } from '../../../core/inspect/imageChoice.ts'
import { pictureAddress, type PictureQuestion } from '../../../core/inspect/pictureQuestion.ts'
import { pictureResponse } from '../../../main/inspect/pictures/pictureResponse.ts'
import type { Inspection } from '../../../main/inspect/inspection.ts'
import type { OpenLab } from '../openLab.ts'
import { inspectedLab } from './inspectedLab.ts'

const image: ImageChoice = { kind: 'stored', split: 'test', number: 12 }
const trainedImage: ImageChoice = { kind: 'stored', split: 'train', number: 7 }

async function settingsOf(lab: OpenLab['lab'], run: number): Promise<FeedSettings> {
  return feedOf(lab.runs.detail(run).config)
}

/** The red, green and blue values of a picture, row by row, without the pixels in which nothing is drawn. */
async function pixelsOf(inspection: Inspection, question: PictureQuestion): Promise<number[]> {
  const answer = await pictureResponse(new Request(`http://lab${pictureAddress(question)}`), inspection)
  expect(answer.status).toBe(200)
  const { data } = await sharp(Buffer.from(await answer.arrayBuffer()))
    .raw()
    .toBuffer({ resolveWithObject: true })
  return [...data].filter((_, place) => place % 4 < 3 && data[place - (place % 4) + 3] === 255)
}

/** A centre crop of a run's stored image. */
function cropOf(inspection: Inspection, run: number, number: number): Promise<number[]> {
  return pixelsOf(inspection, {
    what: 'input',
    run,
    image: { kind: 'stored', split: 'train', number },
    channel: null,
  })
}

describe('distortions of an image', () => {
  test('are those of the run, and the same with its settings alone', async () => {
    const { client, lab, run } = await inspectedLab()
    const settings = await settingsOf(lab, run)
    const ask = (of: FeedSource, seed: number | null, asked = image) =>
      client.look.distortions({ of, image: asked, seed, count: 9 })
    const own = await ask({ run }, null)
    expect(own).toMatchObject({ seed: settings.seed, label: 2, image: { height: 32, width: 32, channels: 3 } })
    expect(own.drawn).toHaveLength(9)
    expect(own.drawn.every(({ turn }) => turn === null)).toBe(true)
    expect(await ask(settings, null)).toEqual(own)
    expect((await ask({ run }, settings.seed + 1)).drawn).not.toEqual(own.drawn)

    const trained = await ask({ run }, null, trainedImage)
    for (const [epoch, { turn, distortion }] of trained.drawn.entries()) {
      if (turn === null) throw new Error('nothing is held out')
      expect(turn.epoch).toBe(epoch)
      const at = { of: { run }, step: turn.step, first: (epoch * 300 + turn.position) % 20, count: 1 }
      const { images } = await client.look.batch(at)
      expect(images[0]).toMatchObject({ image: 7, label: 7, epoch, position: turn.position, distortion })
    }
  })

  test('are drawn in one grid or one by one', async () => {
    const { client, lab, run } = await inspectedLab()
    const of = { run }
    const { drawn } = await client.look.distortions({ of, image, seed: 3, count: 1 })
    const [{ distortion }] = drawn
    const grid = await pixelsOf(lab.inspection, { what: 'distortions', of, image, seed: 3, count: 1 })
    expect(grid).toHaveLength(24 * 24 * 3)
    expect(await pixelsOf(lab.inspection, { what: 'distorted', of, image, distortion, cutoutSide: null })).toEqual(grid)
    const cut: Distortion = { ...distortion, cutout: { y: 0, x: 0 } }
    const hole = await pixelsOf(lab.inspection, { what: 'distorted', of, image, distortion: cut, cutoutSide: 4 })
    expect(hole.slice(0, 6)).toEqual([0, 0, 0, 0, 0, 0])
    expect(hole.slice(6)).not.toEqual(grid.slice(6))
  })

  test('say what is wrong', async () => {
    const { client, lab, run } = await inspectedLab()
    const settings = await settingsOf(lab, run)
    const ask = (of: FeedSource, asked = image) => client.look.distortions({ of, image: asked, seed: null, count: 1 })
    const refusal = (code: string) => ({ data: { code } })
    await expect(ask({ run: 9 })).rejects.toMatchObject(refusal('run-unknown'))
    await expect(ask({ run }, { ...image, number: 100 })).rejects.toMatchObject(refusal('image-unknown'))
    await expect(ask({ ...settings, input: { ...settings.input, height: 40 } })).rejects.toMatchObject(
      refusal('bad-input'),
    )
    const reflected = { ...settings.augmentation, pad: { pixels: 32, fill: 'reflect' as const } }
    await expect(ask({ ...settings, augmentation: reflected })).rejects.toMatchObject(refusal('setting-unfit'))
    const pixels = { kind: 'standard' as const, mean: [1], deviation: [1] }
    await expect(ask({ ...settings, data: { ...settings.data, pixels } })).rejects.toMatchObject(refusal('bad-input'))
  })
})

describe('the batch of a step', () => {
  test('is the one that comes next, or any other, a part at a time', async () => {
    const { client, lab, run } = await inspectedLab()
    const of = { run }
    const next = await client.look.batch({ of, step: null, first: 0, count: 64 })
    expect(next).toMatchObject({ step: 5, batch: 20, first: 0 })
    expect(next.images).toHaveLength(20)
    expect(
      next.images.every(({ label, image: number, mixedLabel }) => label === number % 10 && mixedLabel === null),
    ).toBe(true)
    const last = await client.look.batch({ of, step: 5, first: 15, count: 64 })
    expect(last.images).toEqual(next.images.slice(15))

    const settings = { ...(await settingsOf(lab, run)), augmentation: undistorted }
    expect((await client.look.batch({ of: settings, step: null, first: 0, count: 1 })).step).toBe(1)
    const plain = await client.look.batch({ of: settings, step: 5, first: 3, count: 1 })
    expect(plain.images[0]).toMatchObject({
      image: next.images[3].image,
      distortion: { place: centrePlace({ height: 32, width: 32 }, settings.input), colours: null },
    })
    const drawn = await pixelsOf(lab.inspection, { what: 'batch', of: settings, step: 5, first: 3, count: 1 })
    expect(drawn).toEqual(await cropOf(lab.inspection, run, next.images[3].image))
  })

  test('says what is wrong', async () => {
    const { client, lab, run } = await inspectedLab()
    const settings = await settingsOf(lab, run)
    const ask = (of: FeedSource, first = 0) => client.look.batch({ of, step: 1, first, count: 1 })
    const refusal = (code: string) => ({ data: { code } })
    await expect(ask({ run }, 20)).rejects.toMatchObject(refusal('bad-input'))
    await expect(ask({ ...settings, batch: 301 })).rejects.toMatchObject(refusal('batch-too-large'))
    await expect(ask({ ...settings, input: { ...settings.input, height: 40 } })).rejects.toMatchObject(
      refusal('model-invalid'),
    )
    const other = { ...settings.data, sha256: '0'.repeat(64) }
    await expect(ask({ ...settings, data: other })).rejects.toMatchObject(refusal('dataset-changed'))
  })
})
