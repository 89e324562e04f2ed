// @module-tag slow
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Augmentation } from '../../../../core/run/augmentation.ts'
import { feedOf } from '../../../../core/run/feedSettings.ts'
import type { RunConfig } from '../../../../core/run/run.ts'
import type { BatchImage } from '../../../../core/contract/inspectContract.ts'
import { mostAtOnce } from '../../../../core/inspect/distorting.ts'
import { imagesOneByOne } from '../../../../main/engine/feed/imagesOneByOne.ts'
import { DataReader } from '../../../../main/engine/feed/preparedData.ts'
import { batchOfStep } from '../../../../main/engine/inspect/batchOfStep.ts'
import { engineIdentity } from '../../../../main/engine/process/tensorflow.ts'
import { floatsIn } from '../../../../main/engine/shared/base64.ts'
import { openSession, type NetworkSession } from '../../../../main/engine/train/session.ts'
import { train } from '../../../../main/engine/train/train.ts'
import { tinyRun, type TinyRun } from '../train/tinyRun.ts'

const distorted: Augmentation = {
  pad: { pixels: 2, fill: 'reflect' },
  randomCrop: true,
  flip: true,
  rotation: 10,
  shift: 1,
  hue: 0.05,
  contrast: { min: 0.3, max: 1 },
  brightness: 0.2,
  saturation: { min: 0, max: 2 },
  cutout: { side: 6 },
  mixup: null,
}

let tiny: TinyRun
beforeAll(async () => {
  tiny = await tinyRun()
})
afterAll(() => tiny.remove())

/** What a step of training is fed. */
interface Fed {
  readonly images: Float32Array
  readonly labels: readonly number[]
  readonly mixed: readonly number[] | null
}

/** Trains, and keeps what each step was fed. */
async function fedTo(name: string, config: RunConfig, goal: number): Promise<Fed[]> {
  const fed: Fed[] = []
  const listening = (options: Parameters<typeof openSession>[0]): NetworkSession => {
    const session = openSession(options)
    return {
      ...session,
      trainStep: (images, labels, step, pace, mix) => {
        fed.push({ images: images.slice(), labels: [...labels], mixed: mix === null ? null : [...mix.labels] })
        return session.trainStep(images, labels, step, pace, mix)
      },
    }
  }
  const order = tiny.order(name, { config, goal })
  const tools = { data: new DataReader(), openSession: listening, engine: engineIdentity() }
  for await (const event of train(order, tools, { as: null }, new AbortController().signal))
    if (event.kind === 'ended') expect(event.problem).toBeNull()
  return fed
}

const reader = new DataReader(0, imagesOneByOne)

/** All images of the batch of a step, asked for in parts. */
async function batch(config: RunConfig, step: number, part: number): Promise<BatchImage[]> {
  const { dataFolder } = tiny.order('unused')
  const images: BatchImage[] = []
  while (images.length < config.batch) {
    const order = { settings: feedOf(config), dataFolder, step, first: images.length, count: part }
    images.push(...(await batchOfStep(reader, order)))
  }
  return images
}

function together(images: readonly BatchImage[]): Float32Array {
  return Float32Array.from(images.flatMap(({ values }) => [...floatsIn(values)]))
}

describe('the batch of a step', () => {
  // An epoch of 117 images ends in the sixth step.
  it.each([
    ['distorted', { ...distorted }],
    ['mixed', { ...distorted, mixup: { alpha: 0.5 } }],
  ])('is bit for bit what training is fed, %s', async (name, augmentation) => {
    const { config: plain } = tiny.order('unused')
    const config = { ...plain, augmentation, data: { ...plain.data, validationShare: 0.1 } }
    const fed = await fedTo(name, config, 7)
    for (const step of [1, 6, 7]) {
      for (const part of [mostAtOnce, 7]) {
        const images = await batch(config, step, part)
        expect(together(images)).toEqual(fed[step - 1].images)
        expect(images.map(({ label }) => label)).toEqual(fed[step - 1].labels)
        const mixed = images.map(({ mixedLabel }) => mixedLabel)
        expect(mixed).toEqual(fed[step - 1].mixed ?? mixed.map(() => null))
      }
    }
    const sixth = await batch(config, 6, mostAtOnce)
    expect(sixth.map(({ epoch, position }) => epoch * 117 + position)).toEqual(
      Array.from({ length: 20 }, (_, index) => 100 + index),
    )
    expect(sixth.every(({ distortion }) => (distortion.weight === null) === (augmentation.mixup === null))).toBe(true)
  })

  it('is refused beyond its end, or when it is larger than the set', async () => {
    const { config, dataFolder } = tiny.order('unused')
    const ask = (change: Partial<RunConfig>, first: number) =>
      batchOfStep(reader, { settings: feedOf({ ...config, ...change }), dataFolder, step: 1, first, count: 1 })
    await expect(ask({}, 20)).rejects.toMatchObject({ problem: { code: 'bad-input' } })
    await expect(ask({ batch: 131 }, 0)).rejects.toMatchObject({ problem: { code: 'batch-too-large' } })
  })
})
