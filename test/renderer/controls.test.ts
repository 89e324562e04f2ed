import { afterEach, describe, expect, it } from 'vitest'
import type { RunToResume } from '../../core/contract/windowContract.ts'
import type { DatasetEntry } from '../../core/data/dataset.ts'
import type { QueueMove } from '../../core/run/queue.ts'
import type { MarkChanges } from '../../core/run/marks.ts'
import { requestOfRun } from '../../core/run/repeats.ts'
import type { RunRequest, RunSummary } from '../../core/run/run.ts'
import { DatasetControl } from '../../renderer/state/datasetControl.svelte.ts'
import { MirrorPlace } from '../../renderer/state/mirrorPlace.svelte.ts'
import { QueueControl } from '../../renderer/state/queueControl.svelte.ts'
import { animals } from './dataSets.ts'
import { Answers, calls, connected, LabEnd, refusal, settled, until } from './labEnd.ts'
import { sampleEntry, sampleRun } from './sampleRuns.ts'

const additions = new Answers<RunRequest, RunSummary>()
const marks = new Answers<{ runs: number[]; changes: MarkChanges }, { runs: number; spelled: [] }>()
const moves = new Answers<{ run: number; to: QueueMove }, RunSummary>()
const cancellations = new Answers<{ run: number }, unknown>()
const continuations = new Answers<RunToResume, RunSummary>()
const goings = new Answers<unknown, { held: null }>()
const gets = new Answers<{ dataset: string; edition?: string | undefined }, DatasetEntry>()
const stops = new Answers<{ dataset: string }, DatasetEntry>()
const imports = new Answers<{ dataset: string; path: string; name?: string | undefined }, DatasetEntry>()
const packs = new Answers<{ dataset: string; file: string }, { file: string; bytes: number }>()
const reads = new Answers<unknown, { place: string | null }>()
const writes = new Answers<{ place: string | null; code: string }, { place: string | null }>()

const end = new LabEnd({
  runs: {
    request: calls.runs.request.handler(({ input }) => requestOfRun(sampleRun(input.run), undefined)),
    mark: calls.runs.mark.handler(marks.take),
  },
  queue: {
    add: calls.queue.add.handler(additions.take),
    resume: calls.queue.resume.handler(continuations.take),
    move: calls.queue.move.handler(moves.take),
    cancel: calls.queue.cancel.handler(cancellations.take),
    goOn: calls.queue.goOn.handler(goings.take),
  },
  datasets: {
    get: calls.datasets.get.handler(gets.take),
    cancel: calls.datasets.cancel.handler(stops.take),
    import: calls.datasets.import.handler(imports.take),
    pack: calls.datasets.pack.handler(packs.take),
    mirror: {
      read: calls.datasets.mirror.read.handler(reads.take),
      write: calls.datasets.mirror.write.handler(writes.take),
    },
  },
})
const lab = await connected(end)

function waiting(id: number, queuePosition: number): RunSummary {
  return sampleRun(id, {}, { state: 'queued', queuePosition })
}

afterEach(() => {
  for (const answers of [
    additions,
    continuations,
    marks,
    moves,
    cancellations,
    goings,
    gets,
    stops,
    imports,
    packs,
    reads,
    writes,
  ])
    answers.forget()
})

describe('requests about the queue', () => {
  it('tells the place of a moved run', async () => {
    const moved = new QueueControl(lab).move(3, 'up')
    await until(() => moves.asked.length === 1)
    expect(moves.asked).toEqual([{ run: 3, to: 'up' }])
    moves.give(0, sampleRun(3, {}, { state: 'queued', queuePosition: 1 }))
    expect(await moved).toBe(1)
  })

  it('keeps one run busy while another is taken out', async () => {
    const queue = new QueueControl(lab)
    const first = queue.cancel(waiting(3, 1))
    const second = queue.cancel(waiting(4, 2))
    await until(() => cancellations.asked.length === 2)
    cancellations.give(0, undefined)
    expect(await first).toBe(true)
    expect([queue.isCancelling(3), queue.isCancelling(4), queue.isGoingOn]).toEqual([false, true, false])
    cancellations.refuse(1)
    expect(await second).toBe(false)
    expect(queue.problem).toEqual(refusal.problem)
  })

  it('puts a run that was taken out back into its place, with what was said of it and all its settings', async () => {
    const queue = new QueueControl(lab)
    const said = {
      name: 'the best yet',
      note: 'with the cold start',
      tags: ['good', 'wide'],
      star: true,
      colour: 6,
    } as const
    const removed = queue.cancel({ ...waiting(3, 2), ...said, tags: [...said.tags] })
    await until(() => cancellations.asked.length === 1)
    cancellations.give(0, undefined)
    expect(await removed).toBe(true)
    const back = queue.putBack()
    await until(() => additions.asked.length === 1)
    expect(additions.asked).toEqual([requestOfRun(sampleRun(3), undefined)])
    additions.give(0, waiting(9, 4))
    await until(() => marks.asked.length === 1)
    expect(marks.asked).toEqual([
      {
        runs: [9],
        changes: { name: said.name, note: said.note, addTags: said.tags, star: true, colour: 6, archived: false },
      },
    ])
    marks.give(0, { runs: 1, spelled: [] })
    for (const place of [3, 2]) {
      await until(() => moves.asked.length === 4 - place)
      moves.give(3 - place, waiting(9, place))
    }
    await back
    expect(moves.asked).toEqual([
      { run: 9, to: 'up' },
      { run: 9, to: 'up' },
    ])
    expect(queue.removed?.back?.id).toBe(9)
    // Once is enough.
    await queue.putBack()
    expect(additions.asked).toHaveLength(1)
  })

  it('puts a run that was only not to be continued back as itself', async () => {
    const queue = new QueueControl(lab)
    const continuation = { goal: 9000, healthEvery: 7 }
    const paused = sampleRun(3, {}, { state: 'paused', queuePosition: 1, continuation, name: 'mine' })
    const removed = queue.cancel(paused)
    await until(() => cancellations.asked.length === 1)
    cancellations.give(0, undefined)
    expect(await removed).toBe(true)
    const back = queue.putBack()
    await until(() => continuations.asked.length === 1)
    expect(continuations.asked).toEqual([{ run: 3, ...continuation }])
    continuations.give(0, { ...paused, queuePosition: 2 })
    await until(() => moves.asked.length === 1)
    moves.give(0, paused)
    await back
    expect(queue.removed?.back?.id).toBe(3)
    expect([additions.asked, marks.asked]).toEqual([[], []])
  })

  it('forgets a refusal with the next request, whatever it is about', async () => {
    const queue = new QueueControl(lab)
    const refused = queue.move(3, 'down')
    await until(() => moves.asked.length === 1)
    moves.refuse(0)
    expect(await refused).toBeNull()
    expect(queue.problem).not.toBeNull()
    const going = queue.goOn()
    expect(queue.problem).toBeNull()
    expect(queue.isGoingOn).toBe(true)
    await until(() => goings.asked.length === 1)
    goings.give(0, { held: null })
    await going
    expect(queue.isGoingOn).toBe(false)
  })
})

describe('requests about data sets', () => {
  it('asks for an edition where one is chosen', async () => {
    const control = new DatasetControl(lab)
    void control.get('emnist', 'letters')
    void control.get('mnist')
    await until(() => gets.asked.length === 2)
    expect(gets.asked).toEqual([{ dataset: 'emnist', edition: 'letters' }, { dataset: 'mnist' }])
  })

  it('keeps a request under way while it is being cancelled', async () => {
    const control = new DatasetControl(lab)
    const got = control.get('shapes')
    const cancelled = control.cancel('shapes')
    await until(() => gets.asked.length === 1 && stops.asked.length === 1)
    stops.give(0, sampleEntry)
    await cancelled
    expect(control.isAsked('shapes', 'get')).toBe(true)
    gets.refuse(0)
    expect(await got).toBeNull()
    expect(control.problemOf('shapes', 'get')).toEqual(refusal.problem)
    expect(control.problemOf('shapes', 'import', 'remove')).toBeNull()
    expect(control.problemOf('animals', 'get')).toBeNull()
  })

  it('does not import twice for one set while the first is under way', async () => {
    const control = new DatasetControl(lab)
    const first = control.import('own', '/pictures', 'cats')
    expect(await control.import('own', '/pictures')).toBeNull()
    await until(() => imports.asked.length === 1)
    imports.give(0, animals)
    expect(await first).toEqual(animals)
    await settled()
    expect(imports.asked).toEqual([{ dataset: 'own', path: '/pictures', name: 'cats' }])
  })

  it('says of two sets at once what was refused', async () => {
    const control = new DatasetControl(lab)
    const answers = [control.pack('shapes', '/a'), control.pack('animals', '/b')]
    await until(() => packs.asked.length === 2)
    packs.refuse(0)
    packs.give(1, { file: '/b', bytes: 12 })
    expect(await Promise.all(answers)).toEqual([null, { file: '/b', bytes: 12 }])
    expect(control.problemOf('shapes', 'pack')).toEqual(refusal.problem)
    expect(control.problemOf('animals', 'pack')).toBeNull()
  })
})

describe('the place of the mirror', () => {
  it('is read once, and empty text stores none', async () => {
    const mirror = new MirrorPlace(lab)
    expect(mirror.stored).toBeUndefined()
    const read = mirror.read()
    await until(() => reads.asked.length === 1)
    reads.give(0, { place: '/mirror' })
    await read
    expect(mirror.stored).toBe('/mirror')
    const written = mirror.write('  ')
    expect(mirror.isStoring).toBe(true)
    await until(() => writes.asked.length === 1)
    expect(writes.asked).toEqual([{ place: null, code: '' }])
    writes.give(0, { place: null })
    expect(await written).toBe(true)
    expect([mirror.stored, mirror.isStoring]).toEqual([null, false])
  })

  it('is what was stored last, even where an older reading answers later', async () => {
    const mirror = new MirrorPlace(lab)
    const read = mirror.read()
    const written = mirror.write('/new')
    await until(() => reads.asked.length === 1 && writes.asked.length === 1)
    writes.give(0, { place: '/new' })
    await written
    reads.give(0, { place: '/old' })
    await read
    expect(mirror.stored).toBe('/new')
  })

  it('stays as it was where it could not be stored', async () => {
    const mirror = new MirrorPlace(lab)
    const written = mirror.write('/nowhere')
    await until(() => writes.asked.length === 1)
    writes.refuse(0)
    expect(await written).toBe(false)
    expect(mirror.stored).toBeUndefined()
    expect(mirror.problem).toEqual(refusal.problem)
  })
})
