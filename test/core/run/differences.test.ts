import { expect, test } from 'vitest'
import { undistorted } from '../../../core/run/augmentation.ts'
import type { DataChoice } from '../../../core/data/dataChoice.ts'
import { choiceOf } from '../../../core/data/datasetView.ts'
import { differencesOf, flatSettings } from '../../../core/run/differences.ts'
import { seedNetwork } from '../../../core/run/presets.ts'
import type { RunConfig } from '../../../core/run/run.ts'

const config: RunConfig = {
  format: 1,
  data: {
    dataset: 'cifar-10',
    sha256: 'ab'.repeat(32),
    pixels: { kind: 'range', min: 0, max: 255 },
    validationShare: 0,
  },
  model: seedNetwork({ height: 24, width: 24, channels: 3 }, 10),
  augmentation: {
    ...undistorted,
    randomCrop: true,
    flip: true,
    hue: 0.05,
    contrast: { min: 0.3, max: 1 },
    brightness: 0.2,
    saturation: { min: 0, max: 2 },
  },
  evaluation: { flips: false },
  optimizer: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clipNorm: null },
  schedule: { kind: 'constant', learningRate: 1e-4, warmUp: null },
  batch: 100,
  seed: 1,
}

test('equal configurations differ in nothing', () => {
  expect(differencesOf([config, structuredClone(config)])).toEqual({ differing: [], equal: flatSettings(config).size })
})

test('a changed setting is one difference, with the values in the order of the runs', () => {
  const faster: RunConfig = { ...config, schedule: { kind: 'constant', learningRate: 1e-3, warmUp: null } }
  const { differing, equal } = differencesOf([faster, config, config])
  expect(differing).toEqual([{ path: 'schedule.learningRate', values: [1e-3, 1e-4, 1e-4] }])
  expect(equal).toBe(flatSettings(config).size - 1)
})

test('layers are compared by name: one that only some have is told as such, and shifts none of the others', () => {
  const layers = config.model.layers.filter((layer) => layer.name !== 'norm_1')
  const { differing } = differencesOf([config, { ...config, model: { ...config.model, layers } }])
  expect(differing.map((difference) => [difference.path, ...difference.values])).toEqual([
    ['model.layers.norm_1.kind', 'batch-norm', undefined],
    ['model.layers.norm_1.name', 'norm_1', undefined],
    ['model.layers.norm_1.epsilon', 1e-3, undefined],
    ['model.layers.norm_1.momentum', 0.9, undefined],
  ])
})

test('a distortion that is switched off differs from its range', () => {
  const { differing } = differencesOf([config, { ...config, augmentation: { ...config.augmentation, contrast: null } }])
  expect(differing.map((difference) => [difference.path, ...difference.values])).toEqual([
    ['augmentation.contrast.min', 0.3, undefined],
    ['augmentation.contrast.max', 1, undefined],
    ['augmentation.contrast', undefined, null],
  ])
})

test('what is taken of a set is compared setting by setting, with everything where a run says nothing of it; a list of classes is one', () => {
  const everything = choiceOf(config.data)
  const choice: DataChoice = { ...everything, classes: [3, 5], split: { kind: 'groups', test: [3, 7, 10] } }
  const { differing } = differencesOf([config, { ...config, data: { ...config.data, choice } }])
  expect(differing.map((difference) => [difference.path, ...difference.values])).toEqual([
    ['data.choice.classes', null, '3, 5'],
    ['data.choice.split.kind', 'official', 'groups'],
    ['data.choice.split.test', undefined, '3, 7, 10'],
  ])
})
