import { describe, expect, test } from 'vitest'
import { undistorted } from '../../../core/run/augmentation.ts'
import { DatasetCard } from '../../../core/data/dataset.ts'
import { measure } from '../../../core/network/geometry.ts'
import { cropOf, requestFor } from '../../../core/run/presets.ts'
import type { PresetId } from '../../../core/run/run.ts'

const prepared = { sha256: 'cd'.repeat(32) }

const colour: DatasetCard = DatasetCard.parse({
  id: 'colours',
  name: 'Colours',
  image: { height: 32, width: 32, channels: 3 },
  classes: ['a', 'b', 'c'],
  classesRu: ['а', 'б', 'в'],
  sizes: { train: 500, test: 100 },
  mirrors: true,
  downloadBytes: 1,
  authors: 'somebody',
  page: 'a page',
  licence: 'a licence',
})
const grey: DatasetCard = { ...colour, id: 'greys', image: { height: 28, width: 28, channels: 1 }, mirrors: false }

describe('distortion', () => {
  test('of colour images is the whole of it', () => {
    expect(requestFor('seed', colour, prepared).config.augmentation).toEqual({
      ...undistorted,
      randomCrop: true,
      flip: true,
      hue: 0.05,
      contrast: { min: 0.3, max: 1 },
      brightness: 0.2,
      saturation: { min: 0, max: 2 },
    })
  })

  test('of grey images skips hue and saturation, and of those with a left and a right the flip', () => {
    expect(requestFor('seed', grey, prepared).config.augmentation).toMatchObject({
      randomCrop: true,
      flip: false,
      hue: 0,
      saturation: null,
    })
  })

  test('can be switched off whole', () => {
    expect(requestFor('seed', colour, prepared, { distort: false }).config.augmentation).toEqual(undistorted)
  })
})

describe('a choice', () => {
  test('takes the place of what the preset has', () => {
    const request = requestFor('seed', colour, prepared, {
      batch: 32,
      learningRate: 0.01,
      goal: 7,
      seed: 0,
      evaluateEvery: 3,
    })
    expect(request).toMatchObject({
      goal: 7,
      evaluateEvery: 3,
      config: { batch: 32, seed: 0, schedule: { learningRate: 0.01 } },
    })
  })

  test('that cannot be is refused', () => {
    expect(() => requestFor('seed', colour, prepared, { learningRate: 0 })).toThrow('learning rate is 0')
    expect(() => requestFor('seed', { ...colour, sizes: { train: 60, test: 10 } }, prepared, { batch: 100 })).toThrow(
      'A batch of 100 is larger than the training set of 60 images.',
    )
  })
})

describe('images that are too small for a preset', () => {
  const tiny = (height: number, width: number): DatasetCard => ({
    ...colour,
    name: 'Stamps',
    image: { height, width, channels: 3 },
  })

  test.each<[PresetId, number]>([
    ['seed', 5],
    ['quick', 10],
    ['deep', 12],
    ['digits', 10],
    ['clothes', 8],
  ])('%s takes %i pixels and not one less, and says so', (preset, least) => {
    expect(measure(requestFor(preset, tiny(least, least), prepared).config.model).length).toBeGreaterThan(0)
    expect(() => requestFor(preset, tiny(40, least - 1), prepared)).toThrow(
      `The preset “${preset}” needs images of at least ${least} x ${least} pixels, but those of Stamps have 40 x ${least - 1}. Choose another preset or another data set.`,
    )
  })
})

test.each([
  [28, 24],
  [32, 24],
  [64, 48],
  [128, 96],
  [1, 1],
  [33, 25],
])('images of %i pixels are cropped to %i', (side, crop) => {
  expect(cropOf(side)).toBe(crop)
})
