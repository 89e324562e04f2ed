import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { networkOf } from '../../core/network/network.ts'
import { requestOfRun } from '../../core/run/repeats.ts'
import type { RunRequest, RunSummary } from '../../core/run/run.ts'
import { Again, commandLine } from '../../renderer/state/again.svelte.ts'
import { AgainEach } from '../../renderer/state/againEach.svelte.ts'
import { NextRun } from '../../renderer/state/nextRun.svelte.ts'
import { animals } from './dataSets.ts'
import { Answers, calls, connected, LabEnd, refusal, until } from './labEnd.ts'
import { sampleEntry, sampleRun, sampleView } from './sampleRuns.ts'

const repeats = new Answers<{ request: RunRequest; count: number }, RunSummary[]>()
const runs = new Map<number, RunRequest>()

const end = new LabEnd({
  runs: {
    request: calls.runs.request.handler(({ input }) => {
      const request = runs.get(input.run)
      if (request === undefined) throw refusal
      return request
    }),
  },
  queue: { repeat: calls.queue.repeat.handler(repeats.take) },
})
end.view = { ...sampleView([]), datasets: [sampleEntry, animals] }
const lab = await connected(end)

let next: NextRun
let again: Again

beforeEach(() => {
  repeats.forget()
  runs.clear()
  next = new NextRun(lab)
  again = new Again(lab, next)
})
afterAll(() => end.end())

/** The request of the form with the hash that the images of the runs have. */
function prepared(): RunRequest | null {
  return next.prepared.ok ? next.prepared.request : null
}

/** A run's request, but for the hash of images that are not here. */
function unprepared(request: RunRequest): RunRequest {
  return { ...request, config: { ...request.config, data: { ...request.config.data, sha256: '' } } }
}

describe('training again', () => {
  it('fills the form with every setting of a run, and undo brings back what it said', async () => {
    const request = requestOfRun(
      sampleRun(7, {
        learningRate: 0.02,
        optimizer: 'sgd',
        momentum: 0.5,
        seed: 4,
        goal: 77,
        validationShare: 0.07,
        patience: 2,
      }),
      13,
    )
    runs.set(7, request)
    next.chooseDataset('animals')
    next.choosePreset('quick')
    next.enter('batch', 20)
    const before = prepared()
    expect(await again.take(7)).toBe(true)
    expect(prepared()).toEqual(unprepared(request))
    expect(next.hasMore).toBe(false)
    expect(again.taken).toMatchObject({ run: 7, before, after: request })
    again.undo()
    expect(prepared()).toEqual(before)
    expect(again.taken).toBeNull()
  })

  it('keeps what the form cannot show until something is changed', async () => {
    const plain = requestOfRun(sampleRun(7), undefined)
    const { config } = plain
    const request = { ...plain, config: { ...config, augmentation: { ...config.augmentation, hue: 0.31 } } }
    runs.set(7, request)
    await again.take(7)
    expect(next.hasMore).toBe(true)
    expect(prepared()).toEqual(unprepared(request))
    next.enter('seed', 99)
    expect(next.hasMore).toBe(false)
    expect(prepared()?.config.augmentation).toEqual(config.augmentation)
  })

  it('takes the run’s own network where it is no longer saved', async () => {
    const plain = requestOfRun(sampleRun(7), undefined)
    const request = { ...plain, network: { name: 'gone', version: null } }
    runs.set(7, request)
    await again.take(7)
    expect(next.network).toEqual({ origin: { name: 'gone', version: null }, network: networkOf(plain.config.model) })
    expect(prepared()).toEqual(unprepared(request))
  })

  it('takes nothing where the data set or the run is gone, and says so', async () => {
    const plain = requestOfRun(sampleRun(7), undefined)
    runs.set(7, { ...plain, config: { ...plain.config, data: { ...plain.config.data, dataset: 'removed' } } })
    const before = prepared()
    expect(await again.take(7)).toBe(false)
    expect(again.problemOf(7)?.code).toBe('dataset-unknown')
    expect(await again.take(8)).toBe(false)
    expect(again.problemOf(8)).toEqual(refusal.problem)
    expect(prepared()).toEqual(before)
  })
})

describe('repeats', () => {
  it('of a run are added with all its settings, and are told', async () => {
    const request = requestOfRun(sampleRun(7), undefined)
    runs.set(7, request)
    const adding = again.repeat(7, 5)
    await until(() => repeats.asked.length === 1)
    expect(again.isRepeating(7)).toBe(true)
    expect(repeats.asked).toEqual([{ request, count: 5 }])
    repeats.give(0, [sampleRun(8, { seed: 2 }, { state: 'queued', queuePosition: 1 })])
    expect(await adding).toBe(true)
    expect(again.addedTo(7).map(({ config }) => config.seed)).toEqual([2])
    again.forgetAdded(7)
    expect(again.addedTo(7)).toEqual([])
  })

  it('that were refused add nothing', async () => {
    runs.set(7, requestOfRun(sampleRun(7), undefined))
    const adding = again.repeat(7, 1)
    await until(() => repeats.asked.length === 1)
    repeats.refuse(0)
    expect(await adding).toBe(false)
    expect([again.problemOf(7), again.addedTo(7)]).toEqual([refusal.problem, []])
  })
})

describe('the command line of a run', () => {
  it('has its options, or names the run where options cannot say a setting', () => {
    const request = requestOfRun(sampleRun(7, { seed: 3 }), undefined)
    expect(commandLine(7, request, [sampleEntry])).toBe('lab train --dataset shapes --preset seed --seed 3')
    expect(commandLine(7, { ...request, network: { name: 'x', version: null } }, [sampleEntry])).toBe('lab again 7')
    expect(commandLine(7, request, [])).toBe('lab again 7')
  })
})

describe('training several runs again', () => {
  it('adds repeats of one after the other, and stops where one is refused, with what was added until then', async () => {
    for (const id of [1, 2, 3]) runs.set(id, requestOfRun(sampleRun(id, { seed: id }), undefined))
    const each = new AgainEach(lab)
    const adding = each.repeat([1, 2, 3], 2)
    await until(() => repeats.asked.length === 1)
    expect(each.adding).toMatchObject({ done: 0, total: 3 })
    repeats.give(0, [sampleRun(11), sampleRun(12)])
    await until(() => repeats.asked.length === 2)
    expect(each.adding).toMatchObject({ done: 1, total: 3 })
    expect(repeats.asked.map(({ request, count }) => [request.config.seed, count])).toEqual([
      [1, 2],
      [2, 2],
    ])
    repeats.refuse(1)
    await adding
    expect(each.added.map(({ id }) => id)).toEqual([11, 12])
    expect([each.problem, each.adding]).toEqual([refusal.problem, null])
  })

  it('ends after the run that is being added', async () => {
    for (const id of [1, 2]) runs.set(id, requestOfRun(sampleRun(id), undefined))
    const each = new AgainEach(lab)
    const adding = each.repeat([1, 2], 1)
    await until(() => repeats.asked.length === 1)
    each.end()
    repeats.give(0, [sampleRun(11)])
    await adding
    expect(each.added.map(({ id }) => id)).toEqual([11])
    expect(repeats.asked).toHaveLength(1)
  })

  it('copies a command line of each, or says why one is not to be had', async () => {
    for (const id of [1, 2]) runs.set(id, requestOfRun(sampleRun(id, { seed: id }), undefined))
    const each = new AgainEach(lab)
    expect((await each.commands([1, 2]))?.split('\n')).toHaveLength(2)
    expect(each.copied).toBe(2)
    expect(await each.commands([1, 99])).toBeNull()
    expect([each.copied, each.problem]).toEqual([null, refusal.problem])
  })
})
