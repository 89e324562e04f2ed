// @module-tag slow
import path from 'node:path'
import { readFile, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { histogramOf } from '../../../core/health/histogramOf.ts'
import type { InitialKernel, InitialWeightsQuestion } from '../../../core/network/initialWeights.ts'
import type { Model } from '../../../core/network/model.ts'
import type { StepTimes } from '../../../core/network/stepTimes.ts'
import { estimatedTimes } from '../../../core/network/timeEstimate.ts'
import { requestFor, seedNetwork } from '../../../core/run/presets.ts'
import type { RunRequest } from '../../../core/run/run.ts'
import { readSafetensors } from '../../../main/engine/checkpoint/readSafetensors.ts'
import { checkpointFolder } from '../../../main/files/places.ts'
import { eventsUntil, openLab, type OpenLab, reached, rested, smallRequest } from '../openLab.ts'
import { smallCard, smallHome } from '../smallHome.ts'

const optimizer = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8, clipNorm: null } as const

async function kernels({ client }: OpenLab, question: InitialWeightsQuestion): Promise<InitialKernel[]> {
  const found: InitialKernel[] = []
  for await (const event of await client.measure.initialWeights(question)) {
    if (event.kind === 'unknown') throw new Error(`the kernel of ${event.layer} is not known`)
    if (event.kind === 'kernel') found.push(event)
  }
  return found
}

function deepRequest({ lab }: OpenLab): RunRequest {
  const { prepared } = lab.datasets.entry(smallCard.id)
  if (prepared === null) throw new Error('the small set is not ready')
  return requestFor('deep', smallCard, prepared, { batch: 20, goal: 1, seed: 5, healthEvery: 0 })
}

describe('the initial weights of a network', () => {
  it('are those of a run at step 0: the same histogram, mean and deviation, whitening and identities included', async () => {
    const open = await openLab(await smallHome())
    const request = deepRequest(open)
    const { model, seed, data } = request.config
    const told = await kernels(open, { model, seed, data })
    const { id } = await open.client.runs.start(request)
    await rested(open.lab, id, 0)
    const first = open.lab.history.writtenCheckpoints(id).find(({ step }) => step === 0)
    const file = path.join(checkpointFolder(open.lab.home, id), first?.file ?? '')
    const { tensors } = await readSafetensors(file, (name) => name.endsWith('/kernel') && !name.startsWith('sgd/'))
    expect(told.map(({ layer }) => `${layer}/kernel`).toSorted()).toEqual([...tensors.keys()].toSorted())
    for (const { layer, values, histogram, mean, deviation } of told) {
      const data = tensors.get(`${layer}/kernel`)?.data ?? new Float32Array()
      expect(values).toBe(data.length)
      expect(histogram).toEqual(histogramOf(data))
      expect(mean).toBe(data.reduce((sum, value) => sum + value, 0) / data.length)
      expect(deviation).toBeCloseTo(Math.sqrt(data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length))
    }
  })

  it('of ±0.5 lie in ±0.5 for every kind of kernel, and follow the seed', async () => {
    const open = await openLab(await smallHome())
    const initializer = 'uniform-half'
    const kernel = { height: 3, width: 3 }
    const common = { kernel, stride: 1, padding: 'same', bias: true, initializer } as const
    const model: Model = {
      input: { height: 12, width: 12, channels: 3 },
      layers: [
        { kind: 'conv', name: 'conv', filters: 64, ...common },
        { kind: 'depthwise-conv', name: 'depth', multiplier: 2, ...common },
        { kind: 'flatten', name: 'flatten' },
        { kind: 'dense', name: 'classes', units: 10, bias: true, initializer },
      ],
      head: { kind: 'softmax', labelSmoothing: 0 },
    }
    const told = await kernels(open, { model, seed: 1, data: null })
    expect(told.map(({ layer, values }) => [layer, values])).toEqual([
      ['conv', 9 * 3 * 64],
      ['depth', 9 * 64 * 2],
      ['classes', 144 * 128 * 10],
    ])
    for (const { histogram, deviation, mean } of told) {
      expect(histogram.low).toBeGreaterThanOrEqual(-0.5)
      expect(histogram.low).toBeLessThan(-0.49)
      expect(histogram.high).toBeLessThanOrEqual(0.5)
      expect(histogram.high).toBeGreaterThan(0.49)
      expect(Math.abs(mean)).toBeLessThan(0.03)
      expect(deviation).toBeCloseTo(1 / Math.sqrt(12), 1)
    }
    expect(await kernels(open, { model, seed: 1, data: null })).toEqual(told)
    expect(await kernels(open, { model, seed: 2, data: null })).not.toEqual(told)
  })

  it('that whiten images cannot be told without a set, and the others can', async () => {
    const { client, lab } = await openLab(await smallHome())
    const { model, seed } = deepRequest({ client, lab, engines: [] }).config
    const kinds: string[] = []
    for await (const event of await client.measure.initialWeights({ model, seed, data: null }))
      if (event.kind !== 'progress') kinds.push(`${event.kind} ${event.layer}`)
    expect(kinds.slice(0, 2)).toEqual(['unknown conv_1', 'kernel conv_2'])
  })

  it('of a network that does not fit are refused with the layer', async () => {
    const open = await openLab(await smallHome())
    const { layers, ...rest } = seedNetwork({ height: 24, width: 24, channels: 3 }, 10)
    const model = { ...rest, layers: layers.filter(({ kind }) => kind !== 'flatten') }
    await expect(kernels(open, { model, seed: 1, data: null })).rejects.toMatchObject({
      data: { code: 'model-invalid', parameters: { layer: 'fc_1' } },
    })
  })
})

const model: Model = seedNetwork({ height: 12, width: 12, channels: 3 }, 10)

async function measured({ client }: OpenLab): Promise<StepTimes> {
  let done = 0
  for await (const event of await client.measure.time({ model, optimizer, batch: 8 })) {
    if (event.kind === 'measured') return event.times
    expect(event.done).toBeGreaterThanOrEqual(done)
    done = event.done
  }
  throw new Error('nothing was measured')
}

function sumOf({ layers, other }: StepTimes): number {
  return layers.reduce((sum, { seconds }) => sum + seconds, other)
}

describe('the time of a step', () => {
  it('is measured with the part of each layer, which add up to it, and nothing of it stays in the history', async () => {
    const open = await openLab(await smallHome())
    const times = await measured(open)
    expect(times.layers.map(({ layer }) => layer)).toEqual(model.layers.map(({ name }) => name))
    expect(sumOf(times)).toBeCloseTo(times.secondsPerStep, 9)
    const own = (name: string): number => times.layers.find(({ layer }) => layer === name)?.seconds ?? 0
    expect(own('conv_2')).toBeGreaterThan(own('flatten'))
    expect(open.lab.runs.list()).toEqual([])
  })

  it('is refused while a run trains, with what to do, and a run while it is measured', async () => {
    const open = await openLab(await smallHome())
    const { client, lab } = open
    const { id } = await client.runs.start(smallRequest(lab, { goal: 100_000, evaluateEvery: 100_000 }))
    await reached(lab, id, 1)
    await expect(measured(open)).rejects.toMatchObject({
      data: { code: 'measuring-while-training', parameters: { run: id } },
    })
    await client.runs.stop({ run: id })
    const events = await client.measure.time({ model, optimizer, batch: 8 })
    await events.next()
    await expect(client.runs.start(smallRequest(lab, { goal: 1 }))).rejects.toMatchObject({
      data: { code: 'measurement-in-progress' },
    })
    await events.return()
    const after = await client.runs.start(smallRequest(lab, { goal: 1 }))
    await rested(lab, after.id, 0)
    expect(lab.runs.detail(after.id).state).toBe('done')
  })

  it('lets a run begin that was queued meanwhile', async () => {
    const open = await openLab(await smallHome())
    const { client, lab } = open
    const events = await client.measure.time({ model, optimizer, batch: 8 })
    await events.next()
    const { id } = await client.queue.add(smallRequest(lab, { goal: 1 }))
    expect(lab.runs.detail(id).state).toBe('queued')
    await events.return()
    await eventsUntil(lab, 0, (event) => event.kind === 'run' && event.run.id === id && event.run.state === 'done')
  })
})

describe('the costs of operations', () => {
  it('are measured once, kept for this engine, and estimate any network; a damaged file is no loss', async () => {
    const { client, lab } = await openLab(await smallHome())
    expect(await client.measure.costs()).toBeNull()
    let last = 0
    for await (const event of await client.measure.calibrate()) {
      if (event.kind === 'progress') last = event.done / event.total
      else expect(Object.values(event.costs.seconds).every((seconds) => seconds >= 0)).toBe(true)
    }
    expect(last).toBe(1)
    const costs = await client.measure.costs()
    if (costs === null) throw new Error('nothing was stored')
    const { engine } = costs
    expect(engine).toEqual(await lab.engine.ready())
    const estimated = estimatedTimes({ model, optimizer, batch: 8 }, costs)
    expect(estimated.layers.map(({ layer }) => layer)).toEqual(model.layers.map(({ name }) => name))
    expect(sumOf(estimated)).toBeCloseTo(estimated.secondsPerStep, 12)

    const file = lab.home.stepCosts
    const stored = await readFile(file, 'utf8')
    await writeFile(file, stored.replace(engine.processor, 'another processor'))
    expect(await client.measure.costs()).toBeNull()
    await writeFile(file, stored.slice(0, -20))
    expect(await client.measure.costs()).toBeNull()
  })

  it('are not stored when nobody waits for them', async () => {
    const { client } = await openLab(await smallHome())
    const events = await client.measure.calibrate()
    await events.next()
    await events.return()
    expect(await client.measure.costs()).toBeNull()
  })
})
