import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TrainEvent, TrainOrder } from '../../../../core/contract/engineContract.ts'
import { PresetId, type Optimizer, type RunConfig } from '../../../../core/run/run.ts'
import { withFrozen } from '../../../../core/network/frozen.ts'
import { DataReader } from '../../../../main/engine/feed/preparedData.ts'
import { openSession } from '../../../../main/engine/train/session.ts'
import { engineIdentity } from '../../../../main/engine/process/tensorflow.ts'
import { train } from '../../../../main/engine/train/train.ts'
import { bitsOf, checkpointAt, eventsOf, lossesOf, tinyRun, type TinyRun } from './tinyRun.ts'

let tiny: TinyRun
const data = new DataReader()
beforeAll(async () => {
  // Few: measuring them would take longer than the training.
  tiny = await tinyRun({ train: 60, test: 30 })
})
afterAll(() => tiny.remove())

const goal = 5
const breakAt = 2
const breaks = ['pause', 'kill'] as const

/** Trains in this process; after the checkpoint at `killedAt` nobody listens any more, as when the process is gone. */
async function trained(order: TrainOrder, killedAt: number | null = null): Promise<TrainEvent[]> {
  const abort = new AbortController()
  const events: TrainEvent[] = []
  for await (const event of train(order, { data, openSession, engine: engineIdentity() }, { as: null }, abort.signal)) {
    events.push(event)
    if (event.kind === 'checkpoint' && event.checkpoint.step === killedAt) abort.abort()
  }
  return events
}

interface Told {
  readonly losses: ReturnType<typeof lossesOf>
  readonly evaluations: unknown[]
  readonly bits: Map<string, string>
}

function curvesOf(events: readonly TrainEvent[], from: number, to: number): Pick<Told, 'losses' | 'evaluations'> {
  const within = (step: number): boolean => step > from && step <= to
  return {
    losses: lossesOf(events).filter(([step]) => within(step)),
    evaluations: eventsOf(events, 'evaluated')
      .map(({ evaluation }) => evaluation)
      .filter(({ step }) => within(step)),
  }
}

async function unbroken(name: string, config: RunConfig): Promise<Told> {
  const order = tiny.order(`${name}, unbroken`, { config, goal, evaluateEvery: 2, checkpointEvery: 1000 })
  const events = await trained(order)
  expect(events.at(-1)).toMatchObject({ kind: 'ended', state: 'done', problem: null })
  return { ...curvesOf(events, 0, goal), bits: await bitsOf(checkpointAt(order, events, goal)) }
}

async function broken(name: string, config: RunConfig, by: (typeof breaks)[number]): Promise<Told> {
  // Evaluated at the break, too: the newest checkpoint is there before that is told.
  const order = tiny.order(`${name}, ${by}`, { config, goal, evaluateEvery: 2, checkpointEvery: breakAt })
  const before = by === 'pause' ? await trained({ ...order, pauseAfter: breakAt }) : await trained(order, breakAt)
  expect(before.at(-1)?.kind === 'ended').toBe(by === 'pause')
  const evaluated = eventsOf(before, 'evaluated').some(({ evaluation }) => evaluation.step === breakAt)
  const after = await trained({ ...order, from: checkpointAt(order, before, breakAt), evaluated })
  const [first, second] = [curvesOf(before, 0, breakAt), curvesOf(after, evaluated ? breakAt : breakAt - 1, goal)]
  return {
    losses: [...first.losses, ...second.losses],
    evaluations: [...first.evaluations, ...second.evaluations],
    bits: await bitsOf(checkpointAt(order, after, goal)),
  }
}

describe('a run that is paused or killed and continued has the curves and the bits of an unbroken one', () => {
  const moments = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }
  const optimizers: Record<string, Optimizer> = {
    Adam: { kind: 'adam', ...moments, clipNorm: null },
    'AdamW with clipped gradients': { kind: 'adamw', ...moments, weightDecay: 0.01, clipNorm: 0.5 },
    'SGD without momentum': { kind: 'sgd', momentum: 0, nesterov: false, weightDecay: 0, clipNorm: null },
    'SGD with momentum': { kind: 'sgd', momentum: 0.9, nesterov: false, weightDecay: 5e-4, clipNorm: null },
    'SGD with Nesterov’s momentum': { kind: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 5e-4, clipNorm: 1 },
  }

  /** The Quick network on a few images, with dropout before its last layer, and mixup. */
  function configWith(optimizer: Optimizer): RunConfig {
    const config = tiny.config('quick', { batch: 10, learningRate: 0.01, goal, validationShare: 0.2 })
    const { layers } = config.model
    const model = {
      ...config.model,
      layers: [...layers.slice(0, -1), { kind: 'dropout' as const, name: 'drop_1', rate: 0.3 }, ...layers.slice(-1)],
    }
    return { ...config, model, optimizer, augmentation: { ...config.augmentation, mixup: { alpha: 0.4 } } }
  }

  it.each(Object.keys(optimizers))('with dropout, mixup, validation images and %s', async (name) => {
    const config = configWith(optimizers[name])
    const whole = await unbroken(name, config)
    expect(whole.losses).toHaveLength(goal)
    expect(whole.evaluations).toHaveLength(3)
    for (const by of breaks) expect(await broken(name, config, by), by).toEqual(whole)
  })

  it.each(PresetId.options)('with the preset %s', async (preset) => {
    const config = tiny.config(preset, { batch: 10, goal })
    const whole = await unbroken(preset, config)
    for (const by of breaks) expect(await broken(preset, config, by), by).toEqual(whole)
  })
})

describe('a run with frozen layers', () => {
  it('keeps their bits, and goes on to the bit as any other', async () => {
    const config = tiny.config('quick', { batch: 10, goal })
    const chosen = ['conv_1', 'norm_1', 'norm_2']
    const layers = withFrozen(config.model.layers, ({ name }) => chosen.includes(name))
    const half = { ...config, model: { ...config.model, layers } }
    const order = tiny.order('frozen', { config: half, goal, evaluateEvery: 2, checkpointEvery: 1000 })
    const events = await trained(order)
    const [begun, ended] = await Promise.all([0, goal].map((step) => bitsOf(checkpointAt(order, events, step))))
    const stayed = [...begun.keys()].filter((name) => begun.get(name) === ended.get(name))
    expect(new Set(stayed.map((name) => name.slice(0, name.indexOf('/'))))).toEqual(new Set(chosen))
    expect(await broken('frozen', half, 'pause')).toEqual({ ...curvesOf(events, 0, goal), bits: ended })
  })
})

describe('a kernel that whitens', () => {
  it('is no part of what trains: it stays, its bias and all kernels after it move, and nothing of it is kept for the optimizer', async () => {
    const config = tiny.config('deep', { batch: 10, goal: 2 })
    const order = tiny.order('whitening', { config, goal: 2, checkpointEvery: 1 })
    const events = await trained(order)
    const [begun, ended] = await Promise.all([0, 2].map((step) => bitsOf(checkpointAt(order, events, step))))
    const moved = (name: string): boolean => begun.get(name) !== ended.get(name)
    expect(moved('conv_1/kernel')).toBe(false)
    expect([...begun.keys()].filter((name) => name.endsWith('conv_1/kernel'))).toEqual(['conv_1/kernel'])
    for (const name of ['conv_1/bias', 'conv_2/kernel', 'conv_7/kernel', 'classes/kernel'])
      expect(moved(name), name).toBe(true)
  })
})
