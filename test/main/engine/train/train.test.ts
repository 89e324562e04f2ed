// @module-tag slow
import { rmSync, writeFileSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Augmentation } from '../../../../core/run/augmentation.ts'
import type { TrainEvent, TrainOrder } from '../../../../core/contract/engineContract.ts'
import { DataReader } from '../../../../main/engine/feed/preparedData.ts'
import { openSession } from '../../../../main/engine/train/session.ts'
import { engineIdentity, loadTensorflow, tensorflowBackend } from '../../../../main/engine/process/tensorflow.ts'
import { train } from '../../../../main/engine/train/train.ts'
import { bitsOf, checkpointAt, checkpointsOf, eventsOf, lossesOf, tinyRun, type TinyRun } from './tinyRun.ts'

let tiny: TinyRun
const data = new DataReader()
beforeAll(async () => {
  tiny = await tinyRun()
})
afterAll(() => tiny.remove())

interface Interference {
  as: 'paused' | 'stopped' | null
  readonly abort: AbortController
}

/** Trains in this process; `listen` may interfere at any event. */
async function trained(
  order: TrainOrder,
  listen: (event: TrainEvent, interference: Interference) => void = () => undefined,
): Promise<TrainEvent[]> {
  const interference: Interference = { as: null, abort: new AbortController() }
  const events: TrainEvent[] = []
  for await (const event of train(
    order,
    { data, openSession, engine: engineIdentity() },
    interference,
    interference.abort.signal,
  )) {
    events.push(event)
    listen(event, interference)
  }
  return events
}

const told = (events: readonly TrainEvent[]) => events.map((event) => event.kind)
const filesOf = (order: TrainOrder) => readdir(order.checkpointFolder)
const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index)

describe('a run to its end', () => {
  let order: TrainOrder
  let events: TrainEvent[]
  beforeAll(async () => {
    order = tiny.order('whole', { goal: 12, evaluateEvery: 4 })
    events = await trained(order)
  })

  it('tells every step once and in order, its seconds rising', () => {
    const steps = eventsOf(events, 'steps')
    expect(lossesOf(events).map(([step]) => step)).toEqual(range(1, 12))
    const seconds = steps.flatMap((event) => event.seconds)
    expect(seconds).toEqual(seconds.toSorted((a, b) => a - b))
    for (const accuracy of steps.flatMap((event) => event.accuracy))
      expect(Number.isInteger(Math.round(accuracy * 20 * 1e9) / 1e9)).toBe(true)
  })

  it('begins with ready and the checkpoint of step 0, and ends done', () => {
    expect(told(events).slice(0, 2)).toEqual(['ready', 'checkpoint'])
    expect(checkpointsOf(events)[0]).toMatchObject({ step: 0, reason: 'start' })
    expect(events.at(-1)).toMatchObject({ kind: 'ended', state: 'done', step: 12, problem: null })
  })

  it('measures the test set at every multiple and at the goal', () => {
    expect(eventsOf(events, 'evaluated').map(({ evaluation }) => evaluation.step)).toEqual([4, 8, 12])
    expect(eventsOf(events, 'evaluating')[0]).toEqual({ kind: 'evaluating', done: 0, total: 300 })
  })

  it('writes checkpoints at the interval, at a best evaluation and at the end, one a step', async () => {
    const steps = checkpointsOf(events).map(({ step }) => step)
    expect(new Set(steps).size).toBe(steps.length)
    expect(steps).toEqual(expect.arrayContaining([0, 4, 5, 10, 12]))
    expect(checkpointsOf(events).find(({ step }) => step === 4)?.reason).toBe('best')
    expect(checkpointsOf(events).find(({ step }) => step === 12)?.reason).toBe('end')
    expect(await filesOf(order)).toEqual(checkpointsOf(events).map(({ file }) => file))
  })

  it('tells all steps up to a checkpoint or an evaluation before it', () => {
    let last = 0
    for (const event of events) {
      if (event.kind === 'steps') last = event.first + event.loss.length - 1
      if (event.kind === 'checkpoint') expect(last).toBeGreaterThanOrEqual(event.checkpoint.step)
      if (event.kind === 'evaluated') expect(last).toBe(event.evaluation.step)
    }
  })

  it('gives the same bits when it is trained again', async () => {
    const again = tiny.order('again', { goal: 12, evaluateEvery: 4 })
    const second = await trained(again)
    expect(lossesOf(second)).toEqual(lossesOf(events))
    expect(await bitsOf(checkpointAt(again, second, 12))).toEqual(await bitsOf(checkpointAt(order, events, 12)))
  })

  it('goes on to a higher goal as if that had been its goal', async () => {
    const raised = tiny.order('raised', {
      goal: 14,
      from: checkpointAt(order, events, 12),
      evaluated: true,
      checkpointEvery: 1000,
    })
    const onward = await trained(raised)
    const straightOrder = tiny.order('straight', { goal: 14 })
    const straight = await trained(straightOrder)
    expect(lossesOf([...events, ...onward])).toEqual(lossesOf(straight))
    expect(await bitsOf(checkpointAt(raised, onward, 14))).toEqual(
      await bitsOf(checkpointAt(straightOrder, straight, 14)),
    )
  })

  it('learns: the loss of the last three steps is below that of the first three', async () => {
    const losses = lossesOf(await trained(tiny.order('longer', { goal: 40, checkpointEvery: 1000 }))).map(
      ([, loss]) => loss,
    )
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    expect(mean(losses.slice(-3))).toBeLessThan(mean(losses.slice(0, 3)))
  })
})

describe('a hold', () => {
  it.each(['paused', 'stopped'] as const)(
    'as %s ends after the step in which it is heard, with its checkpoint',
    async (as) => {
      const order = tiny.order(as, { goal: 1000 })
      const events = await trained(order, (event, hold) => {
        if (event.kind === 'steps') hold.as = as
      })
      const [first] = eventsOf(events, 'steps')
      const heardAt = first.first + first.loss.length - 1
      expect(events.at(-1)).toMatchObject({ kind: 'ended', state: as, step: heardAt, problem: null })
      expect(checkpointsOf(events).at(-1)).toMatchObject({ step: heardAt, reason: as === 'paused' ? 'pause' : 'stop' })
    },
  )

  it('before the first step still leaves the checkpoint of step 0', async () => {
    const events = await trained(tiny.order('early'), (event, hold) => {
      if (event.kind === 'ready') hold.as = 'paused'
    })
    expect(told(events)).toEqual(['ready', 'checkpoint', 'ended'])
    expect(events.at(-1)).toMatchObject({ state: 'paused', step: 0 })
  })

  it('during an evaluation tells no evaluation; continuing makes it first, and the curves are those of an unbroken run', async () => {
    const order = tiny.order('in evaluation', { goal: 8, evaluateEvery: 4 })
    const unbroken = await trained({ ...order, checkpointFolder: path.join(tiny.folder, 'not held') })
    const before = await trained(order, (event, hold) => {
      if (event.kind === 'evaluating') hold.as = 'paused'
    })
    expect(before.at(-1)).toMatchObject({ state: 'paused', step: 4 })
    expect(eventsOf(before, 'evaluated')).toEqual([])
    const after = await trained({ ...order, from: checkpointAt(order, before, 4), evaluated: false })
    expect(told(after).filter((kind) => kind !== 'evaluating' && kind !== 'ready')[0]).toBe('evaluated')
    const evaluations = (events: TrainEvent[]) => eventsOf(events, 'evaluated').map(({ evaluation }) => evaluation)
    expect(evaluations(after)).toEqual(evaluations(unbroken))
    expect(lossesOf([...before, ...after])).toEqual(lossesOf(unbroken))
  })

  it('during the last evaluation leaves the run paused at its goal, and continuing only measures', async () => {
    const order = tiny.order('at goal', { goal: 5 })
    const before = await trained(order, (event, hold) => {
      if (event.kind === 'evaluating') hold.as = 'paused'
    })
    expect(before.at(-1)).toMatchObject({ state: 'paused', step: 5 })
    const after = await trained({ ...order, from: checkpointAt(order, before, 5), evaluated: false })
    expect(lossesOf(after)).toEqual([])
    expect(eventsOf(after, 'evaluated').map(({ evaluation }) => evaluation.step)).toEqual([5])
    expect(after.at(-1)).toMatchObject({ state: 'done', step: 5 })
  })
})

describe('the time of a stretch', () => {
  /** A clock that moves by 7 ms whenever it is read, and what it has shown. */
  function clock(): number[] {
    const shown = [0]
    const spy = vi.spyOn(performance, 'now').mockImplementation(() => {
      shown.push((shown.at(-1) ?? 0) + 7)
      return shown[shown.length - 1]
    })
    onTestFinished(() => spy.mockRestore())
    return shown
  }

  /** Trains, and compares all of the time until its end was told with what it was told to have gone into. */
  async function accounted(
    order: TrainOrder,
    secondsBefore: number,
    listen: (event: TrainEvent, interference: Interference) => void = () => undefined,
  ) {
    const shown = clock()
    let passed = 0
    const events = await trained(order, (event, interference) => {
      if (event.kind === 'ended') passed = ((shown.at(-1) ?? 0) - shown[1]) / 1000
      listen(event, interference)
    })
    const training = (eventsOf(events, 'steps').at(-1)?.seconds.at(-1) ?? secondsBefore) - secondsBefore
    const evaluation = eventsOf(events, 'evaluated').reduce((sum, one) => sum + one.evaluationSeconds, 0)
    const waiting = eventsOf(events, 'ended')[0].waitingSeconds
    expect(training + evaluation + waiting).toBeCloseTo(passed, 9)
    const told = events.flatMap((event) => ('waitingSeconds' in event ? [event.waitingSeconds] : []))
    expect(told).toEqual(told.toSorted((one, other) => one - other))
    return { events, training, evaluation, waiting }
  }

  it('counts once: as training, as evaluation or as waiting', async () => {
    const { training, evaluation, waiting } = await accounted(tiny.order('timed', { goal: 12, evaluateEvery: 4 }), 0)
    for (const seconds of [training, evaluation, waiting]) expect(seconds).toBeGreaterThan(0)
  })

  it('counts once where a run is paused in an evaluation, which is waiting then, and where it goes on', async () => {
    const order = tiny.order('timed and held', { goal: 8, evaluateEvery: 4 })
    const before = await accounted(order, 0, (event, hold) => {
      if (event.kind === 'evaluating') hold.as = 'paused'
    })
    expect(before).toMatchObject({ evaluation: 0 })
    const from = checkpointAt(order, before.events, 4)
    const held = eventsOf(before.events, 'checkpoint').at(-1)?.trainingSeconds ?? NaN
    const after = await accounted({ ...order, from }, held)
    expect(eventsOf(after.events, 'ready')[0].trainingSeconds).toBe(held)
    expect(after.evaluation).toBeGreaterThan(0)
  })

  it('counts once where a run fails', async () => {
    const order = tiny.order('timed and failing', { checkpointEvery: 1000 })
    await accounted(
      { ...order, config: { ...order.config, schedule: { kind: 'constant', learningRate: 1e10, warmUp: null } } },
      0,
    )
  })
})

describe('all distortions at once', () => {
  it('leave a run that is continued as if it had never been broken', async () => {
    const { config } = tiny.order('any')
    const augmentation: Augmentation = {
      ...config.augmentation,
      pad: { pixels: 4, fill: 'reflect' },
      rotation: 15,
      shift: 2,
      cutout: { side: 8 },
      mixup: { alpha: 0.4 },
    }
    const distorting = { config: { ...config, augmentation, evaluation: { flips: true } }, goal: 6, checkpointEvery: 3 }
    const whole = tiny.order('distorted', distorting)
    const events = await trained(whole)
    expect(events.at(-1)).toMatchObject({ kind: 'ended', state: 'done', problem: null })
    const going = tiny.order('distorted-on', { ...distorting, from: checkpointAt(whole, events, 3) })
    const after = await trained(going)
    expect(lossesOf(after)).toEqual(lossesOf(events).slice(3))
    expect(await bitsOf(checkpointAt(going, after, 6))).toEqual(await bitsOf(checkpointAt(whole, events, 6)))
    expect(lossesOf(await trained(tiny.order('undistorted', { goal: 1 })))[0][1]).not.toBe(lossesOf(events)[0][1])
  })
})

describe('a validation share', () => {
  const held = (order: TrainOrder) => ({
    ...order,
    config: { ...order.config, data: { ...order.config.data, validationShare: 0.3 } },
  })

  it('is measured beside the test set, and not trained on', async () => {
    const order = held(tiny.order('held out', { goal: 8, evaluateEvery: 4 }))
    const events = await trained(order)
    const evaluations = eventsOf(events, 'evaluated').map(({ evaluation }) => evaluation)
    expect(evaluations).toHaveLength(2)
    // 39 of the 130 images: their share of right answers is a number of 39ths.
    for (const { validation } of evaluations)
      expect(Math.abs(((validation?.accuracy ?? NaN) * 39) % 1)).toBeCloseTo(0, 9)
    expect(eventsOf(events, 'evaluating')[0]).toEqual({ kind: 'evaluating', done: 0, total: 339 })
    expect(lossesOf(events)).not.toEqual(lossesOf(await trained(tiny.order('not held out', { goal: 8 }))))
  })

  it('decides which evaluation is the best', async () => {
    const order = held(tiny.order('best on validation', { goal: 24, evaluateEvery: 4, checkpointEvery: 1000 }))
    const events = await trained(order)
    let best = -1
    const better = eventsOf(events, 'evaluated').flatMap(({ evaluation }) => {
      const accuracy = evaluation.validation?.accuracy ?? NaN
      if (!(accuracy > best)) return []
      best = accuracy
      return [evaluation.step]
    })
    expect(
      checkpointsOf(events)
        .filter(({ reason }) => reason === 'best')
        .map(({ step }) => step),
    ).toEqual(better.filter((step) => step !== 24))
  })

  it('leaves too few images for a large batch', async () => {
    const order = held(tiny.order('too few'))
    expect((await trained({ ...order, config: { ...order.config, batch: 100 } })).at(-1)).toMatchObject({
      problem: { code: 'batch-too-large', parameters: { batch: 100, images: 91 } },
    })
  })
})

describe('early stopping', () => {
  /** No evaluation is better than one that got everything right. */
  const order = (name: string, change: Partial<TrainOrder>) =>
    tiny.order(name, { goal: 30, evaluateEvery: 2, bestAccuracy: 1, patience: 3, checkpointEvery: 1000, ...change })

  it('ends a run as done after so many evaluations without a better one, with its checkpoint', async () => {
    const events = await trained(order('patient', {}))
    expect(eventsOf(events, 'evaluated').map(({ evaluation }) => evaluation.step)).toEqual([2, 4, 6])
    expect(events.at(-1)).toMatchObject({ kind: 'ended', state: 'done', step: 6, problem: null })
    expect(checkpointsOf(events).at(-1)).toMatchObject({ step: 6, reason: 'end' })
  })

  it('counts on where a run is resumed, and anew where it had ended so', async () => {
    const first = order('counting', {})
    const events = await trained({ ...first, pauseAfter: 5 })
    expect(events.at(-1)).toMatchObject({ state: 'paused', step: 5 })
    const resumed = { ...first, from: checkpointAt(first, events, 5), evaluationsSinceBest: 2 }
    const ended = await trained(resumed)
    expect(ended.at(-1)).toMatchObject({ state: 'done', step: 6 })
    const again = await trained({
      ...first,
      from: checkpointAt(first, ended, 6),
      evaluated: true,
      evaluationsSinceBest: 3,
    })
    expect(again.at(-1)).toMatchObject({ state: 'done', step: 12 })
  })

  it('waits while evaluations get better', async () => {
    const events = await trained(order('improving', { goal: 6, patience: 1, bestAccuracy: null, evaluateEvery: 6 }))
    expect(events.at(-1)).toMatchObject({ state: 'done', step: 6 })
  })
})

describe('checkpoints are written while training goes on', () => {
  it('and hold the variables of their step, not those of a later one', async () => {
    const busy = tiny.order('busy', { goal: 12, checkpointEvery: 1 })
    const events = await trained(busy)
    const told = checkpointsOf(events).map(({ step }) => step)
    expect(told).toEqual(range(0, 12))
    for (const step of [3, 7]) {
      const short = tiny.order(`up to ${step}`, { goal: step, checkpointEvery: 1000 })
      expect(await bitsOf(checkpointAt(busy, events, step))).toEqual(
        await bitsOf(checkpointAt(short, await trained(short), step)),
      )
    }
  })

  it('and one that cannot be written ends the run, with the steps that were computed meanwhile', async () => {
    const order = tiny.order('taken away', { goal: 1000, checkpointEvery: 1 })
    const events = await trained(order, (event) => {
      if (event.kind !== 'checkpoint') return
      rmSync(order.checkpointFolder, { recursive: true })
      writeFileSync(order.checkpointFolder, 'a file in the place of the folder')
    })
    const ended = eventsOf(events, 'ended')[0]
    expect(ended).toMatchObject({ state: 'interrupted', problem: { code: 'write-failed' } })
    expect(lossesOf(events).map(([step]) => step)).toEqual(range(1, ended.step))
  })
})

describe('memory', () => {
  it('holds as many tensors after runs that ended in every way as before them', async () => {
    const tensors = () => [
      loadTensorflow().memory().numTensors,
      tensorflowBackend().getNumOfTFTensors(),
      loadTensorflow().node.getNumOfSavedModels(),
    ]
    const before = tensors()
    await trained(tiny.order('to its end', { goal: 3 }))
    await trained(tiny.order('held', { goal: 100 }), ({ kind }, hold) => {
      if (kind === 'steps') hold.as = 'stopped'
    })
    await trained(tiny.order('not heard', { goal: 100 }), ({ kind }, { abort }) => {
      if (kind === 'steps') abort.abort()
    })
    const failing = tiny.order('failing')
    await trained({
      ...failing,
      config: { ...failing.config, schedule: { kind: 'constant', learningRate: 1e10, warmUp: null } },
    })
    expect(tensors()).toEqual(before)
  })
})

describe('when nobody listens any more', () => {
  it('training ends within the step, tells nothing more and writes nothing', async () => {
    const order = tiny.order('unheard', { goal: 1000, checkpointEvery: 1 })
    const events = await trained(order, ({ kind }, { abort }) => {
      if (kind === 'steps') abort.abort()
    })
    expect(events.at(-1)?.kind).toBe('steps')
    expect(await filesOf(order)).toEqual(['step-000000000.safetensors'])
  })
})

describe('a loss that is not finite', () => {
  it('ends the run as failed, is not told, and leaves the last good checkpoint', async () => {
    const order = tiny.order('diverging', { checkpointEvery: 1000 })
    const events = await trained({
      ...order,
      config: { ...order.config, schedule: { kind: 'constant', learningRate: 1e10, warmUp: null } },
    })
    const steps = lossesOf(events)
    const ended = eventsOf(events, 'ended')[0]
    expect(steps.every(([, loss]) => Number.isFinite(loss))).toBe(true)
    expect(ended).toMatchObject({
      state: 'failed',
      step: steps.length,
      problem: { code: 'loss-not-finite', parameters: { step: steps.length + 1, checkpoint: 0 } },
    })
    expect(await filesOf(order)).toEqual(['step-000000000.safetensors'])
    expect((await bitsOf(checkpointAt(order, events, 0))).size).toBeGreaterThan(0)
  })

  it('weights that are not finite are never written to a checkpoint', async () => {
    const order = tiny.order('infinite', { checkpointEvery: 1 })
    const events = await trained({
      ...order,
      config: { ...order.config, schedule: { kind: 'constant', learningRate: 1e300, warmUp: null } },
    })
    expect(events.at(-1)).toMatchObject({
      kind: 'ended',
      state: 'failed',
      step: 1,
      problem: { code: 'weights-not-finite', parameters: { step: 1, checkpoint: 0 } },
    })
    expect(await filesOf(order)).toEqual(['step-000000000.safetensors'])
  })
})

describe('files that cannot be used', () => {
  const endOf = async (order: TrainOrder) => {
    const events = await trained(order)
    expect(told(events)).toEqual(['ended'])
    return events[0]
  }

  it('a damaged checkpoint ends the run before anything is computed', async () => {
    const order = tiny.order('damaged', { goal: 5 })
    const from = checkpointAt(order, await trained(order), 5)
    const bytes = await readFile(from.path)
    await writeFile(from.path, bytes.subarray(0, bytes.length - 1))
    expect(await endOf({ ...order, goal: 10, from })).toMatchObject({
      state: 'interrupted',
      problem: { code: 'checkpoint-damaged' },
    })
  })

  it('other data than the run was begun with are refused', async () => {
    const order = tiny.order('other data')
    const config = { ...order.config, data: { ...order.config.data, sha256: '0'.repeat(64) } }
    expect(await endOf({ ...order, config })).toMatchObject({
      state: 'interrupted',
      problem: { code: 'dataset-changed' },
    })
  })

  it('a folder that cannot be written ends the run with its steps told', async () => {
    const order = tiny.order('blocked')
    await writeFile(order.checkpointFolder, 'a file in the place of the folder')
    const events = await trained(order)
    expect(told(events)).toEqual(['ready', 'ended'])
    expect(events[1]).toMatchObject({ state: 'interrupted', step: 0, problem: { code: 'write-failed' } })
  })
})
