// @module-tag slow
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TrainEvent, TrainOrder } from '../../../../core/contract/engineContract.ts'
import { Health, histogramBins, Observed } from '../../../../core/health/health.ts'
import { parametersOf } from '../../../../core/network/geometry.ts'
import { DataReader } from '../../../../main/engine/feed/preparedData.ts'
import { openSession } from '../../../../main/engine/train/session.ts'
import { engineIdentity } from '../../../../main/engine/process/tensorflow.ts'
import { train } from '../../../../main/engine/train/train.ts'
import { bitsOf, checkpointAt, checkpointsOf, eventsOf, lossesOf, tinyRun, type TinyRun } from './tinyRun.ts'

let tiny: TinyRun
const data = new DataReader()
beforeAll(async () => {
  tiny = await tinyRun()
})
afterAll(() => tiny.remove())

async function trained(order: TrainOrder): Promise<TrainEvent[]> {
  const tools = { data, openSession, engine: engineIdentity() }
  const events: TrainEvent[] = []
  for await (const event of train(order, tools, { as: null }, new AbortController().signal)) events.push(event)
  return events
}

const healthOf = (events: readonly TrainEvent[]): Health[] => eventsOf(events, 'health').map(({ health }) => health)

describe('the health of a run', () => {
  let order: TrainOrder
  let events: TrainEvent[]
  beforeAll(async () => {
    order = tiny.order('watched', { goal: 10, evaluateEvery: 5, healthEvery: 3 })
    events = await trained(order)
  })

  it('is measured before the first step and after every so many, each step told before it', () => {
    expect(healthOf(events).map(({ step }) => step)).toEqual([0, 3, 6, 9])
    events.forEach((event, index) => {
      if (event.kind !== 'health') return
      const told = lossesOf(events.slice(0, index)).map(([step]) => step)
      expect(told.at(-1) ?? 0).toBe(event.health.step)
    })
    for (const health of healthOf(events)) expect(Health.parse(health)).toEqual(health)
  })

  it('changes no bit: losses, evaluations and checkpoints are those of a run without it', async () => {
    const alone = tiny.order('unwatched', { goal: 10, evaluateEvery: 5 })
    const without = await trained(alone)
    expect(healthOf(without)).toEqual([])
    expect(lossesOf(events)).toEqual(lossesOf(without))
    expect(eventsOf(events, 'evaluated').map(({ evaluation }) => evaluation)).toEqual(
      eventsOf(without, 'evaluated').map(({ evaluation }) => evaluation),
    )
    expect(checkpointsOf(events).map(({ step }) => step)).toEqual(checkpointsOf(without).map(({ step }) => step))
    for (const { step } of checkpointsOf(without))
      expect(await bitsOf(checkpointAt(order, events, step))).toEqual(await bitsOf(checkpointAt(alone, without, step)))
  })

  it('continues from a checkpoint with the numbers of an unbroken run', async () => {
    const again = tiny.order('again', { goal: 10, healthEvery: 3, from: checkpointAt(order, events, 5) })
    expect(healthOf(await trained(again))).toEqual(healthOf(events).slice(2))
  })

  it('has histograms that add up to the number of values', () => {
    const layers = healthOf(events)[1].layers
    const total = (observed: Observed, layer: string): number =>
      layers.find((one) => one.layer === layer)?.[observed]?.counts.reduce((sum, count) => sum + count, 0) ?? 0
    const weights = layers.map(({ layer }) => total('weights', layer))
    expect(weights.reduce((sum, count) => sum + count, 0)).toBe(parametersOf(order.config.model))
    expect(layers.map(({ layer }) => total('gradients', layer))).toEqual(weights)
    // 100 images of two fully connected layers; as many first images of the wide maps as have half a million values.
    expect(total('activations', 'relu_3')).toBe(100 * 256)
    expect(total('activations', 'relu_1')).toBe(13 * 24 * 24 * 64)
    for (const one of layers)
      for (const observed of Observed.options) {
        const histogram = one[observed]
        if (histogram === null) continue
        expect(histogram.counts).toHaveLength(histogramBins)
        expect(histogram.low).toBeLessThan(histogram.high)
        if (observed === 'activations' && one.units !== null) expect(histogram.low).toBeGreaterThanOrEqual(0)
      }
  })

  it('has no ratio of an update before there was one', () => {
    const [first, second] = healthOf(events)
    expect(first.layers.map(({ updateRatio }) => updateRatio)).toEqual(first.layers.map(() => null))
    for (const { layer, updateRatio, gradientNorm } of second.layers)
      if (gradientNorm !== null) expect(updateRatio, layer).toBeGreaterThan(0)
  })

  it('says of a network that broke what is not finite, and keeps what came before', async () => {
    const config = tiny.config('seed', { batch: 20, learningRate: 10, optimizer: 'sgd' })
    const broken = await trained(tiny.order('broken', { config, goal: 40, healthEvery: 1 }))
    expect(broken.at(-1)).toMatchObject({ kind: 'ended', state: 'failed' })
    const rows = healthOf(broken)
    expect(rows[0].layers.every(({ finite }) => finite)).toBe(true)
    const last = rows.at(-1)
    expect(last?.layers.some(({ finite }) => !finite)).toBe(true)
    for (const row of rows) expect(Health.parse(row)).toEqual(row)
  })
})
