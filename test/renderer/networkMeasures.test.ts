import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { InitialWeightsEvent } from '../../core/network/initialWeights.ts'
import { seedNetwork } from '../../core/network/networks.ts'
import type { StepCosts, StepTimesEvent } from '../../core/network/stepTimes.ts'
import { ComparedNetwork } from '../../renderer/state/comparedNetwork.svelte.ts'
import { InitialWeights } from '../../renderer/state/initialWeights.svelte.ts'
import type { LabConnection } from '../../renderer/state/lab.svelte.ts'
import { NetworkEditor } from '../../renderer/state/networkEditor.svelte.ts'
import { NetworkTimes } from '../../renderer/state/networkTimes.svelte.ts'
import { NextRun } from '../../renderer/state/nextRun.svelte.ts'
import { calls, connected, LabEnd, refusal, settled, until } from './labEnd.ts'
import { sampleRun } from './sampleRuns.ts'

const costs: StepCosts = {
  format: 1,
  engine: { tensorflow: '2', binding: '4', node: '24', processor: 'any', threads: 2, graphVersion: 1 },
  wideVectors: false,
  measuredAt: '2026-11-24T00:00:00.000Z',
  seconds: { 'step/fixed': 0.001, 'dense/weights': 1e-9 },
}
let known: StepCosts | null = null
let busy = false
const kernel = {
  kind: 'kernel',
  layer: 'conv_1',
  values: 4800,
  mean: 0,
  deviation: 0.05,
  histogram: { low: -0.1, high: 0.1, counts: Array.from({ length: 40 }, () => 120) },
} as const satisfies InitialWeightsEvent
let weighed = 0

/** An answer that takes a while. */
async function* told<Event>(event: Event): AsyncGenerator<Event> {
  await settled()
  yield event
}

const end = new LabEnd({
  networks: {
    get: calls.networks.get.handler(({ input: { name } }) => ({
      name,
      note: '',
      version: 1,
      network: { layers: [{ kind: 'flatten', name: 'flat' }], head: { kind: 'softmax', labelSmoothing: 0 } },
      savedAt: '2026-11-24T00:00:00.000Z',
    })),
    draft: {
      read: calls.networks.draft.read.handler(() => ({ text: null })),
      write: calls.networks.draft.write.handler(() => undefined),
    },
  },
  measure: {
    costs: calls.measure.costs.handler(() => known),
    calibrate: calls.measure.calibrate.handler(async function* () {
      await settled()
      yield { kind: 'progress', done: 1, total: 2, perSecond: 1 } as const
      yield { kind: 'calibrated', costs } as const
    }),
    time: calls.measure.time.handler(({ input: { model } }) => {
      if (busy) throw refusal
      return told<StepTimesEvent>({
        kind: 'measured',
        fastest: 0.019,
        times: {
          secondsPerStep: 0.02,
          layers: model.layers.map(({ name }) => ({ layer: name, seconds: 0.001 })),
          other: 0.001,
        },
      })
    }),
    initialWeights: calls.measure.initialWeights.handler(async function* () {
      weighed += 1
      await settled()
      yield { kind: 'unknown', layer: 'white' } as const
      yield kernel
    }),
  },
})
let lab: LabConnection
let editor: NetworkEditor
let next: NextRun

beforeEach(async () => {
  known = null
  busy = false
  lab = await connected(end)
  next = new NextRun(lab)
  editor = new NetworkEditor(lab, next)
  await editor.open()
})
afterAll(() => end.end())

describe('the time of a step', () => {
  it('is unknown at first, and estimated once the computer is known', async () => {
    const times = new NetworkTimes(lab, editor, next)
    await times.open()
    expect([times.known, times.canEstimate]).toEqual([null, false])
    await times.calibrate()
    expect(times.known?.measured).toBe(false)
    expect(times.known?.times.layers).toHaveLength(editor.layers.length)
    // The estimate follows each edit.
    const before = times.known?.times.secondsPerStep ?? 0
    editor.change('fc_1', 'units', 1024)
    expect(times.known?.times.secondsPerStep).toBeGreaterThan(before)
  })

  it('is measured for one network, and estimated again for the next', async () => {
    known = costs
    const times = new NetworkTimes(lab, editor, next)
    await times.open()
    await times.measure()
    expect(times.known).toMatchObject({ measured: true, disturbed: false, times: { secondsPerStep: 0.02 } })
    editor.change('fc_1', 'units', 1024)
    expect(times.known?.measured).toBe(false)
    editor.undo()
    expect(times.known?.measured).toBe(true)
  })

  it('says why it was not measured, and is unknown while the network does not work', async () => {
    busy = true
    const times = new NetworkTimes(lab, editor, next)
    await times.measure()
    expect(times.measuring.problem).toEqual(refusal.problem)
    editor.remove('flatten')
    expect(times.question).toBe(null)
  })
})

describe('the initial weights', () => {
  const question = { model: seedNetwork({ height: 24, width: 24, channels: 3 }, 10), seed: 1, data: null }

  it('are asked for once, and told by layer', async () => {
    const weights = new InitialWeights(lab)
    weighed = 0
    weights.ask(question)
    weights.ask(question)
    await until(() => !weights.running)
    expect(weighed).toBe(1)
    expect(weights.of('conv_1')).toEqual(kernel)
    expect([weights.of('white'), weights.of('norm_1')]).toEqual(['unknown', null])
  })

  it('of another network take their place', async () => {
    const weights = new InitialWeights(lab)
    weights.ask(question)
    weights.ask({ ...question, seed: 2 })
    expect(weights.of('conv_1')).toBe(null)
    await until(() => !weights.running)
    expect(weights.of('conv_1')).toEqual(kernel)
  })
})

describe('the comparison', () => {
  it('is with what the network was begun with, a preset, a saved network or a run', async () => {
    const compared = new ComparedNetwork(lab, editor, next)
    editor.change('conv_2', 'stride', 2)
    expect(compared.differences.layers).toHaveLength(1)
    compared.withRun(sampleRun(3))
    expect([compared.choice, compared.differences.layers.length]).toEqual([{ kind: 'run', run: 3 }, 1])
    await compared.withSaved('Mine')
    expect(compared.differences.layers.length).toBeGreaterThan(10)
    compared.withPreset('quick')
    expect(compared.differences.head).toHaveLength(1)
    compared.withBase()
    expect(compared.differences).toEqual(compared.sinceBase)
  })
})
