import { RandomNumbers } from '../../core/numbers/random.ts'
import type { RunChoices } from '../../core/run/choices.ts'
import { heldOutImages } from '../../core/run/validation.ts'
import { requestFor } from '../../core/run/presets.ts'
import type { PresetId, RestState, RunRequest } from '../../core/run/run.ts'
import type { DatasetDefinition } from '../../main/datasets/definition.ts'
import { cifar10 } from '../../main/datasets/sets/cifar10.ts'
import { fashionMnist } from '../../main/datasets/sets/fashionMnist.ts'
import { mnist } from '../../main/datasets/sets/mnist.ts'
import type { Talent } from './learner.ts'

/** A run as somebody could have started it, with what comes of it. */
export interface PlausibleRun {
  readonly request: RunRequest
  readonly trainImages: number
  /** The last step that it reaches. */
  readonly step: number
  readonly state: RestState
  readonly talent: Talent
}

const sets: readonly DatasetDefinition[] = [cifar10, mnist, fashionMnist]
const presetsOf: Readonly<Record<string, readonly PresetId[]>> = {
  'cifar-10': ['seed', 'quick', 'deep'],
  mnist: ['digits', 'seed', 'quick'],
  'fashion-mnist': ['clothes', 'seed', 'quick'],
}
const optimizers = [undefined, 'adam', 'adamw', 'sgd'] as const
const schedules = [undefined, 'constant', 'step', 'cosine', 'one-cycle'] as const
const batches = [25, 50, 100, 250] as const
const shares = [0, 0, 0, 0.1] as const
/** Most end as they should. */
const ends: readonly RestState[] = [
  'done',
  'done',
  'done',
  'done',
  'done',
  'stopped',
  'paused',
  'interrupted',
  'failed',
]

/** Repeats of one point: runs that differ in their seed alone. */
const seeds = 5

/** What the numbers of a run are drawn for, one after the other. */
const draws = [
  'set',
  'preset',
  'optimizer',
  'schedule',
  'batch',
  'rate',
  'share',
  'end',
  'reach',
  'pace',
  'gain',
] as const

function chosen<Value>(list: readonly Value[], share: number): Value {
  return list[Math.floor(share * list.length)]
}

/**
 * The run with this number of a semester: three data sets, all presets, rates over four powers of ten. Five runs after
 * each other repeat each other. It is the same whenever it is made.
 * @param index From 0 on.
 * @param goal Steps of the run; left out: some hundred.
 */
export function plausibleRun(index: number, goal?: number): PlausibleRun {
  const point = Math.floor(index / seeds)
  const random = new RandomNumbers(point + 1)
  const share = (of: (typeof draws)[number]): number => random.uniform('order', draws.indexOf(of), 0)
  const own = (of: (typeof draws)[number]): number => random.uniform('order', draws.indexOf(of), 1 + (index % seeds))
  const { card, sha256, pixelStatistics } = chosen(sets, share('set'))
  const choices: RunChoices = {
    optimizer: chosen(optimizers, share('optimizer')),
    schedule: chosen(schedules, share('schedule')),
    batch: chosen(batches, share('batch')),
    learningRate: Number((1e-4 * 10 ** (4 * share('rate'))).toPrecision(3)),
    validationShare: chosen(shares, share('share')),
    goal: goal ?? 20 * (3 + Math.floor(share('reach') * 10)),
    evaluateEvery: goal === undefined ? 20 : Math.ceil(goal / 40),
    seed: 1 + (index % seeds),
  }
  const request = requestFor(
    chosen(presetsOf[card.id], share('preset')),
    { ...card, pixelStatistics },
    { sha256: sha256 ?? 'ab'.repeat(32) },
    choices,
  )
  const state = goal === undefined ? chosen(ends, own('end')) : 'done'
  const gain = share('gain')
  return {
    request,
    trainImages: card.sizes.train - heldOutImages(card.sizes.train, request.config.data.validationShare),
    step: state === 'done' ? request.goal : Math.max(1, Math.floor(request.goal * own('reach'))),
    state,
    talent: {
      // One in fifty begins with a loss that flattens every other curve.
      firstLoss: own('gain') < 0.02 ? 15 : 2.3 + own('gain'),
      lastLoss: 0.05 + 1.5 * gain,
      lastAccuracy: 0.99 - 0.5 * gain + 0.01 * own('pace'),
      pace: request.goal * (0.02 + 0.3 * share('pace')),
      scatter: 0.1 + 0.1 * own('batch'),
      stepSeconds: 0.002 + 0.05 * share('batch'),
    },
  }
}
