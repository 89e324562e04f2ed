import { describe, expect, it } from 'vitest'
import type { DatasetEntry } from '../../core/data/dataset.ts'
import type { RunChoices } from '../../core/run/choices.ts'
import { requestFor } from '../../core/run/presets.ts'
import type { PresetId, RunConfig, RunSummary } from '../../core/run/run.ts'
import { factsOf } from '../../main/datasets/definition.ts'
import { cifar10 } from '../../main/datasets/sets/cifar10.ts'
import { everySetting } from '../../renderer/panels/settings/everySetting.ts'
import { settingRows } from '../../renderer/panels/settings/settingRows.ts'
import { formatsFor } from '../../renderer/text/formats.ts'
import { unmarked } from './sampleRuns.ts'

const en = formatsFor('en')
const cifar10Entry: DatasetEntry = {
  ...cifar10.card,
  ...factsOf(cifar10),
  state: 'absent',
  prepared: null,
  forms: [],
  contents: null,
  progress: null,
  problem: null,
}

function run(
  id: number,
  preset: PresetId,
  choices: RunChoices = {},
  change: (config: RunConfig) => Partial<RunConfig> = () => ({}),
): RunSummary {
  const request = requestFor(preset, cifar10Entry, { sha256: 'a'.repeat(64) }, choices)
  return {
    id,
    ...unmarked,
    ...request,
    network: null,
    config: { ...request.config, ...change(request.config) },
    configSha256: 'b'.repeat(64),
    state: 'done',
    phase: null,
    computer: null,
    queuePosition: null,
    continuation: null,
    problem: null,
    step: 0,
    checkpointStep: null,
    trainingSeconds: 0,
    evaluationSeconds: 0,
    waitingSeconds: 0,
    queuedSeconds: 0,
    imagesPerSecond: null,
    trainImages: 50_000,
    best: null,
    evaluationsSinceBest: 0,
    expectation: null,
    weights: null,
    eventFolder: null,
    last: null,
    createdAt: '2026-11-24T00:00:00.000Z',
    endedAt: null,
  }
}

function said(...runs: readonly RunSummary[]): string[][] {
  return settingRows(runs, [cifar10Entry], en).rows.map((row) => [row.name, ...row.values])
}

describe('the settings in which runs differ', () => {
  it('have names, whatever a person can choose', () => {
    const rows = said(
      run(1, 'seed'),
      run(2, 'seed', {
        optimizer: 'sgd',
        learningRate: 0.0001,
        momentum: 0.8,
        weightDecay: 1e-3,
        clipNorm: 2,
        schedule: 'cosine',
        warmUpSteps: 100,
        validationShare: 0.1,
        patience: 3,
      }),
    )
    expect(rows).toEqual([
      ['Held out for validation', 'none', '10\u00a0%'],
      ['Optimizer', 'Adam', 'SGD with momentum'],
      ['Momentum', '0.9', '0.8'],
      ['Clip gradients at', 'none', '2'],
      ['Schedule', 'Constant', 'Cosine, to 0'],
      ['Warm-up', 'none', '100 steps'],
      ['Weight decay', 'none', '0.001'],
      ['Early stopping', 'none', 'after 3 tests without improvement'],
    ])
  })

  it('say of two presets what is unlike, without a line for each layer and each part that only one kind has', () => {
    expect(said(run(1, 'seed', { goal: 2000 }), run(2, 'quick', { distort: false, goal: 2000 }))).toEqual([
      ['Pixels', '0–255 as 0–1', 'standardised'],
      ['Network', 'Lab network', 'Quick network'],
      ['Label smoothing', 'none', '0.1'],
      ['Distortion', 'random crop, mirroring, hue ±0.05, contrast 0.3–1, brightness ±0.2, saturation 0–2', 'none'],
      ['Optimizer', 'Adam', 'SGD with momentum'],
      ['Momentum', '0.9', '0.95–0.85, cycled'],
      ['Schedule', 'Constant', 'One cycle, rising for 25\u00a0%'],
      ['Learning rate', '0.0001', '0.4'],
      ['Batch', '100', '250'],
      ['Weight decay', 'none', '0.0005'],
    ])
  })

  it('name mirror images at the test, and every distortion', () => {
    const other = run(2, 'quick', {}, ({ augmentation }) => ({
      evaluation: { flips: true },
      augmentation: {
        ...augmentation,
        pad: { pixels: 4, fill: 'reflect' },
        rotation: 15,
        shift: 2,
        cutout: { side: 8 },
        mixup: { alpha: 0.2 },
      },
    }))
    expect(said(run(1, 'quick'), other)).toEqual([
      [
        'Distortion',
        'random crop, mirroring',
        '4 mirrored pixels at the edges, random crop, mirroring, rotation ±15°, shift ±2, cutout 8 × 8, mixup α = 0.2',
      ],
      ['Measured with mirror images', 'no', 'yes'],
    ])
  })

  it('say the length of a schedule only where the steps of the run do not', () => {
    const quick = run(1, 'quick')
    expect(said(quick, run(2, 'quick', { goal: 3000 }))).toEqual([['Steps', '2,000', '3,000']])
    expect(said(quick, { ...run(2, 'quick', { goal: 3000 }), goal: 2000 })).toEqual([
      ['Length of the schedule', '2,000', '3,000'],
    ])
  })

  it('keep the path of what has no name, and of what a name does not tell', () => {
    const beta2 = run(2, 'seed', {}, ({ optimizer }) => ({
      optimizer: optimizer.kind === 'sgd' ? optimizer : { ...optimizer, beta2: 0.99 },
    }))
    expect(said(run(1, 'seed'), beta2)).toEqual([['optimizer.beta2', '0.999', '0.99']])
    const filters = run(2, 'seed', {}, ({ model }) => ({
      model: {
        ...model,
        layers: model.layers.map((layer) => (layer.kind === 'conv' ? { ...layer, filters: 32 } : layer)),
      },
    }))
    expect(said(run(1, 'seed'), filters)).toEqual([
      ['model.layers.conv_1.filters', '64', '32'],
      ['model.layers.conv_2.filters', '64', '32'],
    ])
  })
})

describe('every setting of a run', () => {
  const { named, stored } = everySetting(
    [run(1, 'seed', { learningRate: 0.000123456789, healthEvery: 0 })],
    [cifar10Entry],
    en,
  )
  const valueOf = (rows: typeof named, key: string): string | undefined =>
    rows.find((row) => row.key === key)?.values[0]

  it('is said by name, with what is no part of the configuration', () => {
    expect(valueOf(named, 'data.dataset')).toBe('CIFAR-10')
    expect(valueOf(named, 'optimizer')).toBe('Adam')
    expect(valueOf(named, 'goal')).toBe('2,500')
    expect(valueOf(named, 'evaluateEvery')).toBe('500')
    expect(valueOf(named, 'patience')).toBe('none')
  })

  it('is said once more as it is stored, unrounded and with each layer', () => {
    expect(valueOf(stored, 'schedule.learningRate')).toBe('0.000123456789')
    expect(valueOf(stored, 'data.sha256')).toBe('a'.repeat(64))
    expect(valueOf(stored, 'model.layers.conv_1.filters')).toBe('64')
  })
})
