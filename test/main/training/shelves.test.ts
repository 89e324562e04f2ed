import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { LabEvent } from '../../../core/contract/windowContract.ts'
import type { EmptyingEvent } from '../../../core/run/bin.ts'
import { checkpointFolder, type Home } from '../../../main/files/places.ts'
import { History } from '../../../main/history/history.ts'
import type { Lab } from '../../../main/lab.ts'
import { temporaryHome } from '../history/temporaryHome.ts'
import { addCheckpoint, addSteps, problemIn, request } from '../history/testRun.ts'
import { openLab } from '../openLab.ts'

const asked = { where: '', shelf: 'kept' as const, sort: [], from: 0, count: 10, settings: [] }

/** A home folder with runs that are done, each with two checkpoints; `inBin` of them since so many days. */
function homeWithRuns(count: number, inBin: ReadonlyMap<number, number> = new Map()): Home {
  const home = temporaryHome()
  const history = History.open(home)
  for (let run = 1; run <= count; run += 1) {
    const { id } = history.createRun(request, 50_000)
    addSteps(history, id, 1, 3000)
    for (const step of [1000, 3000]) addCheckpoint(home, history, id, step)
    history.endRun(id, 'done', null)
  }
  for (const [run, days] of inBin)
    history.bin.put([run], new Date(Date.now() - days * 24 * 60 * 60 * 1000).toISOString())
  history.close()
  return home
}

async function emptied(events: AsyncIterable<EmptyingEvent>): Promise<EmptyingEvent[]> {
  const all: EmptyingEvent[] = []
  for await (const event of events) all.push(event)
  return all
}

/** The events after a number that there are already. */
async function eventsAfter(lab: Lab, after: number): Promise<LabEvent[]> {
  const events: LabEvent[] = []
  if (lab.events.sequence === after) return events
  for await (const event of lab.events.follow(after)) {
    events.push(event)
    if (event.sequence === lab.events.sequence) break
  }
  return events
}

describe('what is done to runs', () => {
  test('is told to every window, tags as they are written', async () => {
    const { lab, client } = await openLab(homeWithRuns(3))
    const { sequence } = lab.events
    await client.runs.mark({ runs: [1], changes: { addTags: ['Tuned'] } })
    expect(await client.runs.mark({ runs: [2, 2, 3], changes: { addTags: ['tuned'], star: true } })).toEqual({
      runs: 2,
      spelled: [{ given: 'tuned', kept: 'Tuned' }],
    })
    await client.runs.delete({ runs: [1, 2] })
    await client.runs.restore({ runs: [2] })
    expect(await eventsAfter(lab, sequence)).toMatchObject([
      { kind: 'marked', runs: [1], changes: { addTags: ['Tuned'] } },
      { kind: 'marked', runs: [2, 3], changes: { addTags: ['Tuned'], star: true } },
      { kind: 'deleted', kept: 1, runs: [1, 2] },
      { kind: 'run', run: { id: 2, star: true, tags: ['Tuned'] } },
      { kind: 'restored', kept: 2, runs: [2] },
    ])
    expect(await client.runs.list()).toMatchObject({ total: 2, runs: [{ id: 3 }, { id: 2 }] })
    expect((await client.runs.page({ ...asked, shelf: 'bin' })).rows.map(({ facts }) => facts.id)).toEqual([1])
    expect(await client.runs.some({ runs: [1, 2] })).toMatchObject([{ id: 2 }])
    await expect(client.runs.resume({ run: 1, goal: 5000 })).rejects.toMatchObject({
      data: { code: 'run-in-bin', parameters: { run: 1 } },
    })
  })

  test('the list has the newest hundred, and every queued run', async () => {
    const home = temporaryHome()
    const history = History.open(home)
    const queued = history.queueRun(request, 50_000).id
    for (let run = 0; run < 120; run += 1) history.endRun(history.createRun(request, 50_000).id, 'done', null)
    history.close()
    const { client } = await openLab(home)
    const { total, runs } = await client.runs.list()
    expect([total, runs.length, runs[0].id, runs.at(-1)?.id]).toEqual([121, 101, 121, queued])
    await expect(client.runs.delete({ runs: [queued] })).rejects.toMatchObject({ data: { code: 'run-waits' } })
  })
})

describe('emptying the bin', () => {
  test('deletes files and rows for good, tells how far it is, and leaves everything else', async () => {
    const home = homeWithRuns(
      3,
      new Map([
        [1, 1],
        [2, 0],
      ]),
    )
    const { lab, client } = await openLab(home)
    const events = await emptied(await client.runs.emptyBin({}))
    expect(events).toEqual([
      { kind: 'emptying', done: 0, total: 2, bytes: 0 },
      { kind: 'emptying', done: 1, total: 2, bytes: expect.any(Number) },
      { kind: 'emptied', runs: 2, bytes: expect.any(Number), left: [] },
    ])
    expect([1, 2, 3].map((run) => existsSync(checkpointFolder(home, run)))).toEqual([false, false, true])
    expect(problemIn(() => lab.history.detail(1))).toBe('run-unknown')
    expect(lab.history.detail(3)).toMatchObject({ step: 3000, checkpoints: [{ step: 1000 }, { step: 3000 }] })
    expect(await client.runs.page({ ...asked, shelf: 'bin' })).toMatchObject({ total: 0 })
  })

  test('only these runs, and none that does not lie there', async () => {
    const { lab, client } = await openLab(
      homeWithRuns(
        3,
        new Map([
          [1, 1],
          [2, 0],
        ]),
      ),
    )
    await expect(client.runs.emptyBin({ runs: [2, 3] }).then(emptied)).rejects.toMatchObject({
      data: { code: 'run-not-in-bin', parameters: { run: 3 } },
    })
    expect((await emptied(await client.runs.emptyBin({ runs: [2] }))).at(-1)).toMatchObject({ runs: 1 })
    expect(lab.history.bin.since(new Date().toISOString()).map(({ id }) => id)).toEqual([1])
  })

  test('a run whose files cannot be deleted stays whole in the bin, with the reason', async () => {
    const home = homeWithRuns(
      2,
      new Map([
        [1, 1],
        [2, 0],
      ]),
    )
    const { lab, client } = await openLab(home)
    // A folder that stands where a file was cannot be removed as one.
    const folder = checkpointFolder(home, 1)
    rmSync(`${folder}/1000.safetensors`)
    mkdirSync(`${folder}/1000.safetensors/within`, { recursive: true })
    const end = (await emptied(await client.runs.emptyBin({}))).at(-1)
    expect(end).toMatchObject({ kind: 'emptied', runs: 1, left: [{ run: 1, problem: { code: 'write-failed' } }] })
    expect(lab.history.bin.since(new Date().toISOString()).map(({ id }) => id)).toEqual([1])
    await client.runs.restore({ runs: [1] })
    expect(lab.history.detail(1).step).toBe(3000)
  })

  test('happens by itself after 30 days, and what a crash left of a run is deleted on', async () => {
    const home = homeWithRuns(
      4,
      new Map([
        [1, 31],
        [2, 29],
        [3, 1],
      ]),
    )
    const history = History.open(home)
    history.bin.beginErasing(3)
    history.bin.eraseSome(3)
    history.close()
    const { lab } = await openLab(home)
    while (lab.history.bin.since(new Date().toISOString()).length > 1 || lab.history.bin.halfErased().length > 0)
      await delay(5)
    expect(lab.history.bin.since(new Date().toISOString()).map(({ id }) => id)).toEqual([2])
    expect([1, 3].map((run) => problemIn(() => lab.history.run(run)))).toEqual(['run-unknown', 'run-unknown'])
    expect(readdirSync(home.checkpoints).sort()).toEqual(['2', '4'])
  })
})

test('disk use counts what there is, and giving back space takes from it what it says', async () => {
  const home = homeWithRuns(2, new Map([[2, 1]]))
  const { client } = await openLab(home)
  const before = await client.runs.diskUse({ runs: [1, 9] })
  expect(before.binned).toBe(1)
  expect(before.checkpoints).toBe(before.bin + before.runs[0].bytes)
  expect(before.runs[1]).toEqual({ run: 9, bytes: 0 })
  expect(before.total).toBe(before.history + before.checkpoints + before.datasets + before.computed + before.other)
  expect(await client.runs.giveBackSpace({ runs: [1] })).toEqual({ checkpoints: 1, bytes: expect.any(Number) })
  expect(existsSync(`${checkpointFolder(home, 1)}/1000.safetensors`)).toBe(false)
  expect((await client.runs.diskUse({ runs: [1] })).runs[0].bytes).toBeLessThan(before.runs[0].bytes)
})
