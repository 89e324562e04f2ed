import { describe, expect, it } from 'vitest'
import { type Augmentation, undistorted } from '../../../../core/run/augmentation.ts'
import type { Pixels } from '../../../../core/data/pixels.ts'
import { RandomNumbers } from '../../../../core/numbers/random.ts'
import { CentredFeed, TrainingFeed, type TrainingBatch } from '../../../../main/engine/feed/augment.ts'
import { changeColours } from '../../../../main/engine/feed/colour.ts'
import { Cropper } from '../../../../main/engine/feed/crop.ts'
import { cutOut } from '../../../../main/engine/feed/cutout.ts'
import { drawDistortion } from '../../../../main/engine/feed/distortion.ts'
import { Mixer } from '../../../../main/engine/feed/mixup.ts'
import { pixelScale } from '../../../../main/engine/feed/pixelScale.ts'
import { photographs } from './photographs.ts'

const random = new RandomNumbers(3)
const input = { height: 24, width: 20, channels: 3 } as const
const size = 24 * 20 * 3
const unit: Pixels = { kind: 'range', min: 0, max: 255 }
const standard: Pixels = { kind: 'standard', mean: [125.3, 123, 113.9], deviation: [63, 62.1, 66.7] }
const colours = { hue: 0.05, contrast: { min: 0.3, max: 1 }, brightness: 0.2, saturation: { min: 0, max: 2 } }
const all: Augmentation = {
  pad: { pixels: 2, fill: 'zero' },
  randomCrop: true,
  flip: true,
  rotation: 10,
  shift: 1,
  ...colours,
  cutout: { side: 6 },
  mixup: { alpha: 1 },
}
/** Images that are all in memory, each in its place. */
const held = (images: Uint8Array) => ({ images, placeOf: (image: number) => image })
const { images: photographed, ...extents } = photographs()
const stored = { ...extents, sequence: held(photographed), labels: Uint16Array.of(7, 8, 9, 4) }
const turnAt = (position: number, epoch = 0) => ({ image: position % 4, epoch, position })
const feedOf = (augmentation: Augmentation, batch: number, pixels: Pixels = unit) =>
  new TrainingFeed(stored, { model: { input }, data: { pixels }, augmentation, batch }, random)
const copyOf = ({ images, labels, mix }: TrainingBatch): TrainingBatch => ({
  images: images.slice(),
  labels: labels.slice(),
  mix: mix === null ? null : { labels: mix.labels.slice(), weights: mix.weights.slice() },
})

describe('a batch', () => {
  const turns = [turnAt(3), turnAt(0, 2), turnAt(9)]

  it('is a pure function of the turns, whatever came before it', () => {
    const feed = feedOf(all, 3)
    const first = copyOf(feed.batchOf(turns))
    feed.batchOf([turnAt(8), turnAt(1), turnAt(2)])
    expect(copyOf(feed.batchOf(turns))).toEqual(first)
    expect(copyOf(feedOf(all, 3).batchOf(turns))).toEqual(first)
  })

  it('holds each image with what was drawn for it: crop, colours, scale, cut, mixture, in this order', () => {
    const scale = pixelScale(standard, 3)
    const expected = new Float32Array(3 * size)
    const drawn = turns.map((turn) => drawDistortion(all, random, turn, stored, input))
    drawn.forEach(({ place, colours: change, cutout }, index) => {
      const crop = new Uint8Array(size)
      new Cropper({ ...extents, images: photographed }, input, all.pad).copy(turns[index].image, place, crop)
      if (change === null || cutout === null) throw new Error('all distortions are on')
      changeColours(crop, change, scale, expected, index * size)
      cutOut(expected, index * size, input, 3, 6, cutout)
    })
    const weights = Float32Array.from(drawn, ({ weight }) => weight ?? NaN)
    new Mixer(size).mix(expected, weights)
    expect(feedOf(all, 3, standard).batchOf(turns)).toEqual({
      images: expected,
      labels: Int32Array.of(4, 7, 8),
      mix: { labels: Int32Array.of(7, 8, 4), weights },
    })
  })

  it('without distortions is the centre crop, which is what the test set gets', () => {
    const batch = feedOf(undistorted, 2, standard).batchOf([turnAt(1), turnAt(2)])
    expect(batch.images).toEqual(new CentredFeed(stored, input, standard, 5).batchOf([1, 2]))
    expect([...batch.labels]).toEqual([8, 9])
    expect(batch.mix).toBeNull()
  })

  it('is not clipped when no colour was changed, so that other pixel scales keep their values', () => {
    const { images } = feedOf({ ...undistorted, randomCrop: true, flip: true }, 1, {
      kind: 'range',
      min: 127.5,
      max: 255,
    }).batchOf([turnAt(0)])
    expect(images.some((value) => value < 0)).toBe(true)
  })

  it('of grey images has one channel', () => {
    const grey = {
      sequence: held(Uint8Array.from({ length: 2 * 28 * 28 }, (_, place) => place % 251)),
      height: 28,
      width: 28,
      channels: 1,
      labels: Uint16Array.of(3, 5),
    }
    const config = {
      model: { input: { height: 24, width: 24, channels: 1 } as const },
      data: { pixels: unit },
      augmentation: { ...all, ...colours },
      batch: 2,
    }
    const { images, labels } = new TrainingFeed(grey, config, random).batchOf([
      { image: 1, epoch: 0, position: 0 },
      { image: 0, epoch: 0, position: 1 },
    ])
    expect(images).toHaveLength(2 * 24 * 24)
    expect(images.every((value) => value >= 0 && value <= 1)).toBe(true)
    expect([...labels]).toEqual([5, 3])
  })
})

describe('centre crops', () => {
  it('are scaled a channel at a time, a batch as long as the list of images', () => {
    const feed = new CentredFeed(stored, input, standard, 4)
    feed.batchOf([0, 1, 2, 3])
    const batch = feed.batchOf([2])
    expect(batch).toHaveLength(size)
    const pixel = photographed.subarray(((2 * 32 + 4) * 32 + 6) * 3)
    for (const channel of [0, 1, 2])
      expect(batch[channel]).toBeCloseTo((pixel[channel] - standard.mean[channel]) / standard.deviation[channel], 6)
  })
})
