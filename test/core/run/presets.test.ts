import { describe, expect, it } from 'vitest'
import { isAllowed } from '../../../core/run/choices.ts'
import type { DataChoice } from '../../../core/data/dataChoice.ts'
import { choiceOf, type DatasetView } from '../../../core/data/datasetView.ts'
import { classesOf, measure, parametersOf } from '../../../core/network/geometry.ts'
import { networkMultiplyAdds } from '../../../core/network/multiplyAdds.ts'
import { standardPixels } from '../../../core/data/pixels.ts'
import { presets, requestFor, suggestedPreset } from '../../../core/run/presets.ts'
import { PresetId, RunRequest } from '../../../core/run/run.ts'
import { catalogue } from '../../../main/datasets/sets/catalogue.ts'

type Image = DatasetView['image']

function cardOf(id: string, image: Image, classes = 10): DatasetView {
  return {
    id,
    name: id,
    image,
    classes: Array.from({ length: classes }, (_, label) => `class ${label}`),
    classesRu: Array.from({ length: classes }, (_, label) => `класс ${label}`),
    sizes: { train: 50_000, test: 10_000 },
    mirrors: image.channels === 3,
    pixelStatistics: catalogue.find(({ card }) => card.id === id)?.pixelStatistics ?? null,
  }
}

const colour = cardOf('cifar-10', { height: 32, width: 32, channels: 3 })
const grey = cardOf('mnist', { height: 28, width: 28, channels: 1 })
const request = (preset: PresetId, card: DatasetView): RunRequest =>
  requestFor(preset, card, { sha256: 'a'.repeat(64) })

describe.each(PresetId.options)('preset %s', (preset) => {
  it.each([colour, grey, cardOf('tall', { height: 64, width: 48, channels: 3 }, 101)])(
    'makes a request that can be started for $id',
    (card) => {
      const made = request(preset, card)
      expect(RunRequest.safeParse(made).error).toBeUndefined()
      expect(classesOf(made.config.model)).toBe(card.classes.length)
      const { schedule } = made.config
      if (schedule.kind !== 'constant') expect(schedule.steps).toBe(made.goal)
    },
  )

  it('takes an image that fits into the padded one of the set', () => {
    for (const card of [colour, grey]) {
      const { model, augmentation } = request(preset, card).config
      expect(model.input.height).toBeLessThanOrEqual(card.image.height + 2 * (augmentation.pad?.pixels ?? 0))
      expect(model.input.width).toBeLessThanOrEqual(card.image.width + 2 * (augmentation.pad?.pixels ?? 0))
    }
  })

  it('mirrors only where that keeps the class, in training and when measured', () => {
    const { augmentation, evaluation } = request(preset, grey).config
    expect({ training: augmentation.flip, measured: evaluation.flips }).toEqual({ training: false, measured: false })
  })

  it('has numbers that a person may enter', () => {
    const { batch, learningRate, goal, evaluateEvery } = presets[preset]
    expect([
      isAllowed('batch', batch),
      isAllowed('learningRate', learningRate),
      isAllowed('goal', goal),
      isAllowed('evaluateEvery', evaluateEvery),
    ]).toEqual([true, true, true, true])
    expect(goal % evaluateEvery).toBe(0)
  })

  it('refuses images that are too small for its network', () => {
    expect(() => request(preset, cardOf('dots', { height: 4, width: 4, channels: 1 }))).toThrow(
      `The preset “${preset}” needs images of at least`,
    )
  })

  it.each([24, 28, 48, 64, 80, 96, 112, 128])(
    'takes images of %i pixels, at up to four times the cost of 32 pixels',
    (side) => {
      const costOf = (of: number) =>
        networkMultiplyAdds(request(preset, cardOf('square', { height: of, width: of, channels: 3 })).config.model)
      expect(costOf(side)).toBeGreaterThan(0)
      expect(costOf(side)).toBeLessThan(4 * costOf(32))
    },
  )

  it.each([2, 369])('tells %i classes apart', (classes) => {
    expect(
      classesOf(request(preset, cardOf('symbols', { height: 32, width: 32, channels: 1 }, classes)).config.model),
    ).toBe(classes)
  })

  it('takes a smaller batch where fewer images train, unless another was asked for', () => {
    const few = { ...colour, sizes: { train: 40, test: 10 } }
    expect(request(preset, few).config.batch).toBe(40)
    expect(requestFor(preset, few, { sha256: 'a'.repeat(64) }, { validationShare: 0.25 }).config.batch).toBe(30)
    expect(() => requestFor(preset, few, { sha256: 'a'.repeat(64) }, { batch: 50 })).toThrow(
      'Choose a batch of at most 40',
    )
  })

  it('writes what is taken of the set where it is not everything as published', () => {
    const everything = choiceOf({})
    const choices: DataChoice[] = [everything, { ...everything, classes: [0, 1] }]
    expect(
      choices.map((choice) => requestFor(preset, colour, { sha256: 'a'.repeat(64), choice }).config.data.choice),
    ).toEqual([undefined, choices[1]])
    expect('choice' in requestFor(preset, colour, { sha256: 'a'.repeat(64), choice: everything }).config.data).toBe(
      false,
    )
  })
})

describe('the networks', () => {
  // 3x3 kernels without bias, scale and shift of each norm, dense layer.
  it('have the parameters that their filters give', () => {
    expect(parametersOf(request('digits', grey).config.model)).toBe(
      9 * (32 + 32 * 48 + 48 * 96 + 96 * 96) + 2 * (32 + 48 + 96 + 96) + 96 * 10 + 10,
    )
    expect(parametersOf(request('clothes', grey).config.model)).toBe(parametersOf(request('digits', grey).config.model))
    // The whitening kernels are not trained, their bias is.
    const kernels = 9 * (24 * 64 + 64 * 64 + 64 * 128 + 128 * 128 + 128 * 256 + 256 * 256)
    expect(parametersOf(request('deep', colour).config.model)).toBe(
      24 + kernels + 2 * 2 * (64 + 128 + 256) + 256 * 10 + 10,
    )
  })

  it('come down to the maps that they were made for', () => {
    const mapsOf = (preset: PresetId, card: DatasetView) =>
      measure(request(preset, card).config.model).flatMap(({ layer, output }) =>
        layer.kind === 'max-pool' ? [output[0]] : [],
      )
    expect(mapsOf('digits', grey)).toEqual([12, 6, 3])
    expect(mapsOf('clothes', grey)).toEqual([14, 7, 3])
    expect(mapsOf('deep', colour)).toEqual([13, 6, 3])
  })
})

describe('a suggestion', () => {
  it('is the preset made for a set, and none for others', () => {
    expect(['mnist', 'fashion-mnist', 'cifar-10', 'my-own'].map(suggestedPreset)).toEqual([
      'digits',
      'clothes',
      null,
      null,
    ])
  })
})

describe('standard pixels', () => {
  it('are those of the set where they are known, a channel at a time', () => {
    expect(standardPixels(grey)).toEqual({ kind: 'standard', mean: [33.3], deviation: [78.6] })
    expect(standardPixels(colour)).toEqual({
      kind: 'standard',
      mean: [125.3, 123.0, 113.9],
      deviation: [63.0, 62.1, 66.7],
    })
  })

  it('are the middle of the scale where they are not', () => {
    expect(standardPixels(cardOf('my-own', { height: 8, width: 8, channels: 3 }))).toEqual({
      kind: 'standard',
      mean: [127.5, 127.5, 127.5],
      deviation: [63.75, 63.75, 63.75],
    })
  })
})
