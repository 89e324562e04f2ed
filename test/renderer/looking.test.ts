import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { SearchEvent } from '../../core/inspect/imageSearch.ts'
import type { MapValues } from '../../core/inspect/looking.ts'
import { Asked } from '../../renderer/state/asked.svelte.ts'
import { LookedImage } from '../../renderer/state/lookedImage.svelte.ts'
import { checkpointAt, hasSameImages, LookView } from '../../renderer/state/look.svelte.ts'
import { Pass } from '../../renderer/state/pass.svelte.ts'
import { Answers, calls, connected, LabEnd, refusal, settled, until } from './labEnd.ts'
import { sampleRun } from './sampleRuns.ts'

const question = { run: 1, checkpoint: 4, image: { kind: 'stored', split: 'test', number: 0 } } as const

const maps = new Answers<unknown, MapValues>()
const gives = new Answers<
  { upload: string; part: string; last: boolean },
  null | { sha256: string; width: number; height: number }
>()
let cancelled = 0
const end = new LabEnd({
  look: {
    map: calls.look.map.handler(maps.take),
    give: calls.look.give.handler(gives.take),
    find: calls.look.find.handler(async function* ({ input, signal }): AsyncGenerator<SearchEvent> {
      yield { kind: 'progress', done: 10, total: 100, perSecond: 5 }
      if (input.from === 0) {
        yield { kind: 'found', number: 42 }
        return
      }
      await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()))
      cancelled += 1
    }),
  },
})
const lab = await connected(end)
afterAll(() => end.end())

beforeEach(() => {
  maps.forget()
  gives.forget()
  cancelled = 0
})

const ask = (asked: Asked<MapValues>, map: number): void =>
  asked.ask((client) => client.look.map({ ...question, layer: 'conv_1', map }))

describe('a question that changes faster than it is answered', () => {
  it('is asked once at a time, and then the newest', async () => {
    const asked = new Asked<MapValues>(lab)
    for (const map of [0, 1, 2, 3]) ask(asked, map)
    await settled()
    expect(maps.asked).toEqual([expect.objectContaining({ map: 0 })])
    maps.give(0, { height: 1, width: 1, values: [0] })
    await until(() => maps.asked.length === 2)
    expect(maps.asked[1]).toMatchObject({ map: 3 })
    expect(asked.value?.values).toEqual([0])
    maps.give(1, { height: 1, width: 1, values: [3] })
    await until(() => !asked.pending)
    expect(asked.value?.values).toEqual([3])
  })

  it('keeps its last answer beside a refusal', async () => {
    const asked = new Asked<MapValues>(lab)
    ask(asked, 0)
    await until(() => maps.asked.length === 1)
    maps.give(0, { height: 1, width: 1, values: [7] })
    await until(() => !asked.pending)
    ask(asked, 1)
    await until(() => maps.asked.length === 2)
    maps.refuse(1)
    await until(() => !asked.pending)
    expect(asked.problem).toEqual(refusal.problem)
    expect(asked.value?.values).toEqual([7])
  })

  it('drops an answer about another subject at once, also one under way', async () => {
    const asked = new Asked<MapValues>(lab)
    const askOf = (run: number): void =>
      asked.ask((client) => client.look.map({ ...question, run, layer: 'conv_1', map: 0 }), run)
    askOf(1)
    await until(() => maps.asked.length === 1)
    maps.give(0, { height: 1, width: 1, values: [7] })
    await until(() => !asked.pending)
    askOf(1)
    expect(asked.value?.values).toEqual([7])
    askOf(2)
    expect(asked.value).toBeNull()
    await until(() => maps.asked.length === 2)
    maps.give(1, { height: 1, width: 1, values: [8] })
    await until(() => maps.asked.length === 3)
    expect(asked.value).toBeNull()
    maps.refuse(2)
    await until(() => !asked.pending)
    expect(asked.value).toBeNull()
    expect(asked.problem).toEqual(refusal.problem)
  })

  it('forgets what was under way', async () => {
    const asked = new Asked<MapValues>(lab)
    ask(asked, 0)
    await until(() => maps.asked.length === 1)
    asked.forget()
    maps.give(0, { height: 1, width: 1, values: [7] })
    await until(() => !asked.pending)
    expect(asked.value).toBeNull()
  })
})

describe('a question that takes long', () => {
  const search = (pass: Pass<Extract<SearchEvent, { kind: 'found' }>>, from: number) =>
    pass.ask((client, signal) =>
      client.look.find({ run: 1, checkpoint: 4, split: 'test', from, label: null, wrong: true }, { signal }),
    )

  it('tells its progress and ends with the answer', async () => {
    const pass = new Pass<Extract<SearchEvent, { kind: 'found' }>>(lab)
    expect(await search(pass, 0)).toEqual({ kind: 'found', number: 42 })
    expect(pass.progress).toMatchObject({ done: 10, total: 100 })
    expect(pass.running).toBe(false)
  })

  it('is cancelled, also by the next one', async () => {
    const pass = new Pass<Extract<SearchEvent, { kind: 'found' }>>(lab)
    const first = search(pass, 1)
    await until(() => pass.progress !== null)
    const second = search(pass, 0)
    expect(await first).toBeNull()
    expect(await second).toEqual({ kind: 'found', number: 42 })
    await until(() => cancelled === 1)

    const third = search(pass, 1)
    await until(() => pass.progress !== null)
    pass.cancel()
    expect(await third).toBeNull()
    expect(pass.problem).toBeNull()
    expect(pass.running).toBe(false)
  })
})

describe('a picture of a person’s own', () => {
  it('goes in parts, and is looked at when the last has come', async () => {
    const view = new LookView()
    const given = new LookedImage(lab, view)
    const bytes = Uint8Array.from({ length: 1_000_000 }, (_, index) => index % 251)
    const giving = given.give(new Blob([bytes]))
    for (const [place, last] of [false, false, true].entries()) {
      await until(() => gives.asked.length === place + 1)
      expect(gives.asked[place].last).toBe(last)
      gives.give(place, last ? { sha256: 'a'.repeat(64), width: 3, height: 2 } : null)
    }
    await giving
    const sent = gives.asked.map(({ part }) => Buffer.from(part, 'base64'))
    expect(Buffer.concat(sent).equals(Buffer.from(bytes))).toBe(true)
    expect(new Set(gives.asked.map(({ upload }) => upload)).size).toBe(1)
    expect(view.image).toEqual({ kind: 'given', sha256: 'a'.repeat(64) })
  })

  it('leaves the image in view where it is refused', async () => {
    const view = new LookView()
    const before = view.image
    const given = new LookedImage(lab, view)
    const giving = given.give(new Blob(['no picture']))
    await until(() => gives.asked.length === 1)
    gives.refuse(0)
    await giving
    expect(given.problem).toEqual(refusal.problem)
    expect(view.image).toBe(before)
    view.image = { kind: 'stored', split: 'test', number: 3 }
    expect(given.problem).toBeNull()
  })
})

describe('a run that is looked into', () => {
  const withCheckpoints = (...steps: number[]) => ({
    checkpoints: steps.map((step) => ({
      step,
      file: `${step}.safetensors`,
      sha256: 'a'.repeat(64),
      bytes: 1,
      reason: 'interval' as const,
      createdAt: '2026-11-24T00:00:00.000Z',
    })),
  })

  it('shows the newest checkpoint, the chosen one, or the nearest to one that was deleted', () => {
    const run = withCheckpoints(0, 40, 80)
    expect(checkpointAt(run, null)?.step).toBe(80)
    expect(checkpointAt(run, 40)?.step).toBe(40)
    expect(checkpointAt(run, 55)?.step).toBe(40)
    expect(checkpointAt(withCheckpoints(), 55)).toBeNull()
  })

  it('has the same images as another with the same data, whatever its network', () => {
    const one = sampleRun(1)
    expect(hasSameImages(one, sampleRun(2, { seed: 7, batch: 20, validationShare: 0.1 }))).toBe(true)
    const { config } = one
    expect(hasSameImages(one, { config: { ...config, data: { ...config.data, dataset: 'others' } } })).toBe(false)
  })
})
