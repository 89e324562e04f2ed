import type { HintKind } from '../../core/advice/hintKind.ts'
import type { Model } from '../../core/network/model.ts'
import type { Layer } from '../../core/layers/registry.ts'
import type { RunChoices } from '../../core/run/choices.ts'
import type { PresetId, RunConfig, Schedule } from '../../core/run/run.ts'
import type { SetCut } from './cutSets.ts'

/** A run that is to be recorded. */
export interface PlannedRun {
  readonly name: string
  readonly trouble: HintKind | null
  readonly part: 'tuning' | 'kept'
  readonly cut: SetCut
  readonly preset: PresetId
  readonly choices: RunChoices
  /** What no choice of a person can say. */
  readonly change?: (config: RunConfig) => RunConfig
}

type Set = SetCut['set']
type Unnamed = Omit<PlannedRun, 'name' | 'part' | 'trouble'>

const small = { train: 300, test: 50 } as const

/** One of some of each kind is for adjusting the detectors. */
function named(trouble: HintKind | null, runs: readonly Unnamed[], isTuning: (index: number) => boolean): PlannedRun[] {
  return runs.map((run, index) => ({
    ...run,
    name: `${trouble ?? 'sound'}-${String(index + 1).padStart(2, '0')}`,
    trouble,
    part: isTuning(index) ? 'tuning' : 'kept',
  }))
}

function withSchedule(schedule: Schedule): (config: RunConfig) => RunConfig {
  return (config) => ({ ...config, schedule })
}

function withLayers(layers: (model: Model) => Layer[]): (config: RunConfig) => RunConfig {
  return (config) => ({ ...config, model: { ...config.model, layers: layers(config.model) } })
}

/** So many small convolutions with sigmoids one after the other, and a dense layer. */
function chainOfSigmoids(count: number): (config: RunConfig) => RunConfig {
  return withLayers(({ layers }) => {
    const classes = layers.find((layer) => layer.kind === 'dense' && layer.name === 'classes')
    if (classes === undefined) throw new Error('the network has no layer of classes')
    const chain = Array.from({ length: count }, (_, index): Layer[] => [
      {
        kind: 'conv',
        name: `conv_${index + 1}`,
        filters: 8,
        kernel: { height: 3, width: 3 },
        stride: index === 0 || index === 2 ? 2 : 1,
        padding: 'same',
        bias: true,
        initializer: 'glorot-uniform',
      },
      { kind: 'activation', name: `sigmoid_${index + 1}`, function: { kind: 'sigmoid' } },
    ])
    return [...chain.flat(), { kind: 'flatten', name: 'flatten' }, classes]
  })
}

/** The Seed network without its batch normalisation. */
const unnormalised = withLayers(({ layers }) => layers.filter(({ kind }) => kind !== 'batch-norm'))

const constant = (learningRate: number): Schedule => ({ kind: 'constant', learningRate, warmUp: null })

function sound(): Unnamed[] {
  const sets: readonly Set[] = ['mnist', 'cifar-10', 'fashion-mnist', 'cifar-100']
  const cycled = sets.flatMap((set): Unnamed[] => [
    {
      cut: { set, ...small },
      preset: 'quick',
      choices: { batch: 50, goal: 400, learningRate: 0.1, evaluateEvery: 50 },
    },
    {
      cut: { set, ...small },
      preset: 'digits',
      choices: { batch: 50, goal: 300, learningRate: 0.1, evaluateEvery: 50 },
    },
    {
      cut: { set, ...small },
      preset: 'clothes',
      choices: { batch: 60, goal: 300, learningRate: 0.1, evaluateEvery: 50 },
    },
    {
      cut: { set, ...small },
      preset: 'digits',
      choices: { batch: 64, goal: 320, optimizer: 'adam', schedule: 'cosine', evaluateEvery: 40 },
    },
    {
      cut: { set, ...small },
      preset: 'quick',
      choices: {
        batch: 50,
        goal: 300,
        optimizer: 'adamw',
        schedule: 'one-cycle',
        learningRate: 3e-3,
        evaluateEvery: 50,
      },
    },
    {
      cut: { set, ...small },
      preset: 'clothes',
      choices: { batch: 50, goal: 360, optimizer: 'sgd', learningRate: 0.05, schedule: 'step', evaluateEvery: 60 },
    },
    {
      cut: { set, ...small },
      preset: 'quick',
      choices: { batch: 40, goal: 400, learningRate: 0.1, validationShare: 0.1, evaluateEvery: 50 },
    },
  ])
  // The larger networks take longer.
  const larger = sets.flatMap((set): Unnamed[] => [
    {
      cut: { set, ...small },
      preset: 'seed',
      choices: { batch: 32, goal: 400, learningRate: 1e-3, schedule: 'one-cycle', evaluateEvery: 80 },
    },
    {
      cut: { set, ...small },
      preset: 'deep',
      choices: { batch: 25, goal: 240, learningRate: 0.05, evaluateEvery: 60 },
    },
  ])
  // At a constant rate, as far as they learn something.
  const held = (['mnist', 'fashion-mnist'] as const).flatMap((set): Unnamed[] => [
    {
      cut: { set, ...small },
      preset: 'seed',
      choices: { batch: 32, goal: 300, learningRate: 5e-4, distort: false, evaluateEvery: 60 },
    },
    {
      cut: { set, ...small },
      preset: 'digits',
      choices: { batch: 50, goal: 500, optimizer: 'adam', schedule: 'constant', evaluateEvery: 50 },
    },
    {
      cut: { set, ...small },
      preset: 'digits',
      choices: { batch: 50, goal: 500, optimizer: 'sgd', learningRate: 0.02, schedule: 'constant', evaluateEvery: 50 },
    },
    {
      cut: { set, ...small },
      preset: 'quick',
      choices: { batch: 100, goal: 300, learningRate: 0.2, seed: 7, evaluateEvery: 50 },
    },
    {
      cut: { set, ...small },
      preset: 'clothes',
      choices: { batch: 100, goal: 300, learningRate: 0.3, seed: 5, evaluateEvery: 30 },
    },
    {
      cut: { set, train: 500, test: 50 },
      preset: 'digits',
      choices: { batch: 100, goal: 400, seed: 11, evaluateEvery: 40 },
    },
    {
      cut: { set, train: 500, test: 50 },
      preset: 'digits',
      choices: { batch: 200, goal: 200, seed: 12, learningRate: 0.2, evaluateEvery: 20 },
    },
  ])
  // Measured often, at the preset's own rate, and the set that Conv Lab draws itself.
  const often = sets.map((set, index): Unnamed => ({
    cut: { set, ...small },
    preset: 'quick',
    choices: { batch: 60, goal: 300, seed: 21 + index, evaluateEvery: 10 },
  }))
  const drawn = (['quick', 'digits', 'clothes', 'deep', 'seed'] as const).map((preset, index): Unnamed => ({
    cut: { set: 'shapes', train: 100, test: 50 },
    preset,
    choices:
      preset === 'seed'
        ? { batch: 30, goal: 300, learningRate: 1e-3, schedule: 'one-cycle', evaluateEvery: 30 }
        : { batch: 30, goal: 300, learningRate: 0.05, seed: 51 + index, evaluateEvery: 30 },
  }))
  return [...cycled, ...larger, ...held, ...often, ...drawn]
}

function trouble(): Record<HintKind, Unnamed[]> {
  const cut = (set: Set, more: Partial<SetCut> = {}): SetCut => ({ set, ...small, ...more })
  return {
    'rate-too-high': [
      { cut: cut('cifar-10'), preset: 'seed', choices: { batch: 32, goal: 120, learningRate: 0.1, evaluateEvery: 60 } },
      {
        cut: cut('mnist'),
        preset: 'digits',
        choices: { batch: 50, goal: 150, optimizer: 'adam', learningRate: 1, schedule: 'constant', evaluateEvery: 50 },
      },
      { cut: cut('mnist'), preset: 'seed', choices: { batch: 32, goal: 120, learningRate: 0.3, evaluateEvery: 60 } },
      {
        cut: cut('fashion-mnist'),
        preset: 'seed',
        choices: { batch: 32, goal: 120, learningRate: 0.05, evaluateEvery: 60 },
      },
      {
        cut: cut('cifar-100'),
        preset: 'seed',
        choices: { batch: 32, goal: 120, optimizer: 'sgd', learningRate: 1, schedule: 'constant', evaluateEvery: 60 },
      },
      {
        cut: cut('cifar-10'),
        preset: 'quick',
        choices: { batch: 50, goal: 200, learningRate: 60, evaluateEvery: 50 },
      },
      {
        cut: cut('mnist'),
        preset: 'clothes',
        choices: { batch: 50, goal: 150, optimizer: 'sgd', learningRate: 30, schedule: 'constant', evaluateEvery: 50 },
      },
      {
        cut: cut('cifar-100'),
        preset: 'seed',
        choices: { batch: 32, goal: 120, learningRate: 0.1, seed: 9, evaluateEvery: 60 },
      },
    ],
    'loss-at-chance': [
      {
        cut: cut('cifar-10'),
        preset: 'seed',
        choices: { batch: 32, goal: 150, learningRate: 1e-8, evaluateEvery: 50 },
      },
      {
        cut: cut('mnist'),
        preset: 'digits',
        choices: {
          batch: 50,
          goal: 200,
          optimizer: 'sgd',
          learningRate: 1e-6,
          schedule: 'constant',
          evaluateEvery: 50,
        },
      },
      {
        cut: cut('mnist'),
        preset: 'digits',
        choices: { batch: 50, goal: 200, evaluateEvery: 50 },
        change: chainOfSigmoids(8),
      },
      {
        cut: cut('fashion-mnist'),
        preset: 'clothes',
        choices: {
          batch: 50,
          goal: 200,
          optimizer: 'adam',
          learningRate: 1e-8,
          schedule: 'constant',
          evaluateEvery: 50,
        },
      },
      {
        cut: cut('cifar-100'),
        preset: 'quick',
        choices: {
          batch: 50,
          goal: 200,
          optimizer: 'sgd',
          learningRate: 1e-7,
          schedule: 'constant',
          evaluateEvery: 50,
        },
      },
      {
        cut: cut('cifar-10'),
        preset: 'digits',
        choices: { batch: 50, goal: 200, evaluateEvery: 50 },
        change: chainOfSigmoids(10),
      },
      {
        cut: cut('mnist'),
        preset: 'clothes',
        choices: {
          batch: 50,
          goal: 200,
          optimizer: 'adamw',
          learningRate: 1e-8,
          schedule: 'one-cycle',
          evaluateEvery: 50,
        },
      },
    ],
    'saw-tooth': (
      [
        ['mnist', 'digits', 'sgd', 0.4, 16],
        ['fashion-mnist', 'digits', 'sgd', 0.25, 16],
        ['mnist', 'clothes', 'adam', 0.03, 16],
        ['fashion-mnist', 'clothes', 'adam', 0.02, 16],
        ['cifar-100', 'digits', 'sgd', 0.15, 16],
        ['cifar-10', 'digits', 'sgd', 0.15, 16],
        ['cifar-100', 'clothes', 'adam', 0.01, 16],
        ['cifar-10', 'clothes', 'sgd', 0.15, 16],
        ['mnist', 'digits', 'sgd', 0.5, 16],
        ['fashion-mnist', 'digits', 'sgd', 0.4, 16],
        ['mnist', 'quick', 'sgd', 0.4, 16],
        ['fashion-mnist', 'digits', 'sgd', 0.5, 16],
        ['mnist', 'digits', 'sgd', 0.6, 16],
        ['fashion-mnist', 'quick', 'sgd', 0.4, 16],
        ['mnist', 'digits', 'sgd', 0.45, 16, 2],
        ['fashion-mnist', 'digits', 'sgd', 0.45, 16, 3],
        ['mnist', 'quick', 'sgd', 0.5, 16, 4],
        ['fashion-mnist', 'quick', 'sgd', 0.5, 16, 5],
        ['mnist', 'digits', 'sgd', 0.4, 20, 6],
        ['cifar-100', 'digits', 'sgd', 0.4, 16, 7],
        ['mnist', 'clothes', 'sgd', 0.5, 16, 8],
        ['fashion-mnist', 'digits', 'sgd', 0.4, 12, 9],
        ['mnist', 'quick', 'sgd', 0.4, 12, 10],
        ['cifar-100', 'quick', 'sgd', 0.4, 16, 11],
      ] as const
    ).map(([set, preset, optimizer, learningRate, batch, seed]) => ({
      cut: cut(set),
      preset,
      // The network learns something before the rate is too high for it.
      choices: {
        batch,
        goal: 300,
        optimizer,
        learningRate,
        seed,
        schedule: 'constant',
        warmUpSteps: 120,
        evaluateEvery: 10,
      },
    })),
    overfitting: (
      [
        ['cifar-10', 'seed', 40, 300, 5e-4],
        ['fashion-mnist', 'seed', 20, 300, 1e-3],
        ['cifar-100', 'seed', 50, 400, 5e-4],
        ['cifar-10', 'seed', 20, 300, 1e-3],
        ['cifar-100', 'digits', 40, 500, 3e-3],
        ['cifar-10', 'quick', 50, 500, 2e-3],
        ['fashion-mnist', 'seed', 30, 400, 5e-4],
        ['cifar-10', 'digits', 40, 400, 2e-3],
        ['cifar-100', 'seed', 30, 300, 1e-3],
        ['fashion-mnist', 'digits', 30, 400, 2e-3],
        ['cifar-10', 'clothes', 50, 400, 1e-3],
        ['cifar-100', 'quick', 40, 500, 3e-3],
        ['mnist', 'seed', 10, 300, 1e-3],
        ['cifar-10', 'quick', 30, 500, 3e-3],
        ['fashion-mnist', 'clothes', 20, 400, 2e-3],
        ['cifar-100', 'clothes', 50, 400, 2e-3],
        ['cifar-10', 'seed', 60, 400, 3e-4],
        ['mnist', 'digits', 8, 300, 2e-3],
        ['fashion-mnist', 'quick', 20, 300, 2e-3],
      ] as const
    ).map(([set, preset, train, goal, learningRate]) => ({
      cut: cut(set, { train }),
      preset,
      choices: {
        batch: 20,
        goal,
        learningRate,
        optimizer: 'adam',
        schedule: 'constant',
        distort: false,
        evaluateEvery: 20,
      },
      change: (config) => ({ ...config, model: { ...config.model, head: { kind: 'softmax', labelSmoothing: 0 } } }),
    })),
    plateau: (
      [
        ['cifar-10', 'digits', 60, 0.02],
        ['cifar-100', 'quick', 80, 0.02],
        ['fashion-mnist', 'clothes', 50, 0.005],
        ['cifar-10', 'quick', 100, 0.03],
        ['cifar-100', 'clothes', 60, 0.02],
        ['mnist', 'digits', 40, 0.003],
        ['cifar-100', 'digits', 90, 0.01],
        ['cifar-100', 'digits', 70, 0.02],
      ] as const
    ).map(([set, preset, every, learningRate]) => ({
      cut: cut(set),
      preset,
      choices: { batch: 50, goal: 400, evaluateEvery: 40 },
      // The rate falls to nothing long before the run has learned what it can.
      change: withSchedule({ kind: 'step', learningRate, warmUp: null, steps: 400, every, factor: 0.001 }),
    })),
    'ended-improving': (
      [
        ['cifar-10', 'seed', 120, 1e-4],
        ['mnist', 'digits', 60, 1e-3],
        ['cifar-100', 'seed', 150, 2e-4],
        ['fashion-mnist', 'clothes', 60, 1e-3],
        ['cifar-10', 'quick', 150, 2e-3],
        ['mnist', 'seed', 60, 1e-4],
        ['cifar-100', 'digits', 160, 3e-3],
        ['cifar-10', 'quick', 90, 5e-3],
        ['fashion-mnist', 'quick', 60, 2e-3],
        ['cifar-100', 'quick', 90, 5e-3],
        ['cifar-10', 'digits', 100, 3e-3],
        ['cifar-100', 'clothes', 120, 3e-3],
        ['mnist', 'quick', 60, 1e-3],
        ['fashion-mnist', 'digits', 60, 1e-3],
        ['cifar-10', 'quick', 120, 0.01],
        ['fashion-mnist', 'seed', 60, 1e-4],
        ['cifar-100', 'seed', 120, 3e-4],
        ['mnist', 'clothes', 50, 1e-3],
        ['cifar-10', 'clothes', 120, 5e-3],
        ['cifar-100', 'quick', 120, 3e-3],
      ] as const
    ).map(([set, preset, goal, learningRate]) => ({
      cut: cut(set),
      preset,
      choices: { batch: 50, goal, evaluateEvery: Math.ceil(goal / 6) },
      change: withSchedule(constant(learningRate)),
    })),
    'trains-below-test': (
      [
        ['mnist', 'digits', 300],
        ['fashion-mnist', 'clothes', 300],
        ['mnist', 'quick', 300],
        ['fashion-mnist', 'digits', 300],
        ['mnist', 'clothes', 400],
        ['fashion-mnist', 'quick', 400],
        ['mnist', 'digits', 360],
        ['fashion-mnist', 'clothes', 300],
        ['mnist', 'digits', 300],
        ['mnist', 'clothes', 360],
        ['fashion-mnist', 'clothes', 480],
        ['mnist', 'quick', 400],
        ['fashion-mnist', 'digits', 480],
        ['cifar-100', 'digits', 480],
        ['mnist', 'clothes', 480],
        ['fashion-mnist', 'quick', 480],
        ['mnist', 'digits', 420],
        ['mnist', 'quick', 300],
        ['mnist', 'clothes', 300],
        ['mnist', 'digits', 360],
      ] as const
    ).map(([set, preset, goal], index) => ({
      cut: cut(set),
      preset,
      choices: { batch: 50, goal, learningRate: 0.1, evaluateEvery: 60, seed: index + 1 },
      change: (config) => ({
        ...config,
        augmentation: {
          ...config.augmentation,
          rotation: index < 8 ? 40 + 10 * index : 20 + 7 * (index - 8),
          shift: 6,
          cutout: { side: 14 },
        },
      }),
    })),
    'dead-units': (
      [
        ['cifar-10', 'adam', 0.01],
        ['mnist', 'sgd', 0.2],
        ['fashion-mnist', 'adam', 0.01],
        ['cifar-100', 'adam', 0.02],
        ['mnist', 'adam', 0.02],
        ['fashion-mnist', 'sgd', 0.3],
        ['cifar-10', 'sgd', 0.3],
      ] as const
    ).map(([set, optimizer, learningRate]) => ({
      cut: cut(set),
      preset: 'seed',
      choices: {
        batch: 32,
        goal: 200,
        optimizer,
        learningRate,
        schedule: 'constant',
        evaluateEvery: 50,
        healthEvery: 25,
      },
      change: unnormalised,
    })),
    'vanished-gradient': (
      [
        ['mnist', 8],
        ['cifar-10', 10],
        ['fashion-mnist', 9],
        ['cifar-100', 12],
        ['mnist', 14],
        ['fashion-mnist', 16],
        ['cifar-10', 7],
      ] as const
    ).map(([set, count]) => ({
      cut: cut(set),
      preset: 'digits',
      choices: { batch: 50, goal: 150, evaluateEvery: 50, healthEvery: 25 },
      change: chainOfSigmoids(count),
    })),
    'unequal-classes': (
      [
        ['mnist', 0.1],
        ['cifar-10', 0.05],
        ['fashion-mnist', 0.1],
        ['cifar-100', 0.15],
        ['mnist', 0.05],
        ['cifar-10', 0.1],
        ['fashion-mnist', 0.02],
      ] as const
    ).map(([set, thinned]) => ({
      cut: cut(set, { thinned }),
      preset: 'digits',
      choices: { batch: 50, goal: 30, learningRate: 0.1, evaluateEvery: 30 },
    })),
    'test-duplicates': (
      [
        ['mnist', 0.1],
        ['cifar-10', 0.04],
        ['fashion-mnist', 0.2],
        ['cifar-100', 0.1],
        ['mnist', 0.02],
        ['cifar-10', 0.06],
        ['fashion-mnist', 0.02],
      ] as const
    ).map(([set, copied]) => ({
      cut: cut(set, { copied }),
      preset: 'digits',
      choices: { batch: 50, goal: 30, learningRate: 0.1, evaluateEvery: 30 },
    })),
    'few-steps-an-epoch': (
      [
        ['mnist', 1000],
        ['cifar-10', 1500],
        ['fashion-mnist', 750],
        ['cifar-100', 1000],
        ['mnist', 600],
        ['cifar-10', 500],
        ['fashion-mnist', 3000],
      ] as const
    ).map(([set, batch]) => ({
      cut: cut(set),
      preset: 'digits',
      choices: { batch, goal: 15, learningRate: 0.1, evaluateEvery: 5 },
    })),
  }
}

/** The recordings by which detectors were adjusted, by their numbers; of the other troubles the first two. */
const tuning: Partial<Record<HintKind, readonly number[]>> = {
  'saw-tooth': [1, 2, 3, 4, 5, 6, 7, 8, 13],
  overfitting: [1, 2, 6, 10, 11, 15, 18],
  plateau: [1, 2, 4],
  'ended-improving': [1, 2, 3, 5, 8, 11, 12, 15, 20],
  'trains-below-test': [1, 2, 6, 8, 11, 14],
}

/** Sound runs by which detectors were adjusted as well, because they had got a hint. */
const soundTuning: readonly number[] = [35, 44, 45]

/** Every run that is recorded, the troubles first. */
export function plannedRuns(): PlannedRun[] {
  const troubles = Object.entries(trouble()) as [HintKind, Unnamed[]][]
  return [
    ...troubles.flatMap(([kind, runs]) => named(kind, runs, (index) => (tuning[kind] ?? [1, 2]).includes(index + 1))),
    ...named(null, sound(), (index) => index % 5 === 0 || soundTuning.includes(index + 1)),
  ]
}
