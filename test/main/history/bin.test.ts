import { randomUUID } from 'node:crypto'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import type { Home } from '../../../main/files/places.ts'
import { History } from '../../../main/history/history.ts'
import { openConnection } from '../../../main/history/open.ts'
import { healthAt } from './sampleHealth.ts'
import { openHistory, temporaryHome } from './temporaryHome.ts'
import { addCheckpoint, addSteps, engine, problemIn, request } from './testRun.ts'

const at = '2026-11-01T00:00:00.000Z'
const later = '2026-11-02T00:00:00.000Z'

/** A run that has rows in every table that refers to runs. */
function fullRun(home: Home, history: History): number {
  const { id } = history.createRun(request, 50_000, {
    expectation: { accuracy: 0.5, versus: null, because: '' },
    eventFolder: `/there/${randomUUID()}`,
  })
  history.beginStretch(id, 0, engine)
  for (let first = 1; first <= 9000; first += 1000) addSteps(history, id, first, first + 999)
  history.addEvaluation(id, { step: 10, loss: 2, accuracy: 0.3, validation: null }, 4)
  history.addHealth(id, healthAt(10))
  addCheckpoint(home, history, id, 10)
  history.marks.change([id], { addTags: ['tag'], name: 'full' })
  history.endRun(id, 'done', null)
  return id
}

/** How many rows each table has of a run. */
function rowsOf(home: Home, run: number): Map<string, number> {
  const file = new Database(home.history, { readonly: true })
  try {
    const tables = file
      .prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .all()
      .map(({ name }) => name)
      .filter((name) =>
        file
          .prepare(`SELECT * FROM ${name}`)
          .columns()
          .some(({ name: column }) => column === 'run'),
      )
    return new Map([
      ...tables.map((name): [string, number] => [
        name,
        Number(file.prepare(`SELECT count(*) FROM ${name} WHERE run = ?`).pluck().get(run)),
      ]),
      ['runs', Number(file.prepare('SELECT count(*) FROM runs WHERE id = ?').pluck().get(run))],
    ])
  } finally {
    file.close()
  }
}

describe('the bin', () => {
  test('has what was deleted, and gives it back as it was', () => {
    const home = temporaryHome()
    const history = openHistory(home)
    const id = fullRun(home, history)
    const before = history.detail(id)
    history.bin.put([id], at)
    expect([history.runs(), history.someRuns([id]), history.bin.since(later)]).toEqual([
      [],
      [],
      [{ id, deletedAt: at }],
    ])
    expect(history.detail(id)).toEqual({ ...before, deletedAt: at })
    expect(problemIn(() => history.continueRun(id, 10, 20_000))).toBe('run-in-bin')
    expect(problemIn(() => history.marks.change([id], { star: true }))).toBe('run-in-bin')
    history.bin.restore([id])
    expect(history.detail(id)).toEqual(before)
  })

  test('takes no run that trains or waits, and then none of the others either', () => {
    const history = openHistory(temporaryHome())
    const done = history.createRun(request, 50_000).id
    history.endRun(done, 'done', null)
    const training = history.createRun(request, 50_000).id
    const queued = history.queueRun(request, 50_000).id
    expect(problemIn(() => history.bin.put([done, training], at))).toBe('run-trains')
    expect(problemIn(() => history.bin.put([done, queued], at))).toBe('run-waits')
    expect(problemIn(() => history.bin.put([done, 99], at))).toBe('run-unknown')
    expect(history.bin.since(later)).toEqual([])
    history.bin.put([done], at)
    expect(problemIn(() => history.bin.put([done], at))).toBe('run-in-bin')
    expect(problemIn(() => history.bin.restore([done, training]))).toBe('run-not-in-bin')
    expect(history.bin.since(later)).toHaveLength(1)
  })

  test('erases a run in pieces, until no table has a row of it; others keep theirs', () => {
    const home = temporaryHome()
    const history = openHistory(home)
    const [gone, stays] = [fullRun(home, history), fullRun(home, history)]
    history.bin.put([gone], at)
    history.bin.beginErasing(gone)
    let pieces = 1
    while (history.bin.eraseSome(gone)) pieces += 1
    expect(pieces).toBeGreaterThan(4)
    history.close()
    expect([...rowsOf(home, gone).values()].every((count) => count === 0)).toBe(true)
    // It belongs to no sweep, no run in the bin waits in the queue, and no run began with weights of it.
    const empty = [...rowsOf(home, stays)].filter(([, count]) => count === 0).map(([table]) => table)
    expect(empty.sort()).toEqual(['queued_continuations', 'sweep_trials', 'weights_origins'])
  })

  test('a run whose erasing was cut short is gone for everybody, and is found to be erased on', async () => {
    const home = temporaryHome()
    const history = openHistory(home)
    const id = fullRun(home, history)
    history.bin.put([id], at)
    history.bin.beginErasing(id)
    history.bin.eraseSome(id)
    history.close()
    const again = openHistory(home)
    expect([again.bin.halfErased(), again.bin.since(later)]).toEqual([[id], []])
    expect(problemIn(() => again.detail(id))).toBe('run-unknown')
    expect(problemIn(() => again.bin.restore([id]))).toBe('run-unknown')
    expect(
      await again.table.page({ where: '', shelf: 'bin', sort: [], from: 0, count: 1, settings: [] }),
    ).toMatchObject({ total: 0 })
    while (again.bin.eraseSome(id)) expect(again.bin.halfErased()).toEqual([id])
    expect(again.bin.halfErased()).toEqual([])
  })
})

test('space is given back: the best checkpoint and the last stay', () => {
  const home = temporaryHome()
  const history = openHistory(home)
  const { id } = history.createRun(request, 50_000)
  addSteps(history, id, 1, 50)
  for (const step of [10, 20, 30, 40, 50]) {
    history.addEvaluation(id, { step, loss: 1, accuracy: step === 20 ? 0.9 : 0.5, validation: null }, 1)
    addCheckpoint(home, history, id, step)
  }
  expect(problemIn(() => history.space.check([id]))).toBe('run-trains')
  history.endRun(id, 'done', null)
  history.space.check([id])
  const all = history.space.bytesOf([id, 99])
  const given = history.space.giveBack(id)
  expect(given.map(({ step }) => step)).toEqual([10, 30, 40])
  expect(history.detail(id).checkpoints.map(({ step }) => step)).toEqual([20, 50])
  expect(history.space.giveBack(id)).toEqual([])
  expect(all[0].bytes - given.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(history.space.bytesOf([id])[0].bytes)
  expect(all[1]).toEqual({ run: 99, bytes: 0 })
})

test('on a full disk a run is deleted none the less: its rows need no room', () => {
  const home = temporaryHome()
  const connection = openConnection(home)
  const history = new History(home, connection)
  const [gone, stays] = [fullRun(home, history), fullRun(home, history)]
  history.bin.put([gone], at)
  const before = history.detail(stays)
  // SQLite's own way to a full disk: the file must not grow any more.
  connection.pragma(`max_page_count = ${String(connection.pragma('page_count', { simple: true }))}`)
  expect(problemIn(() => addMany(history))).toBe('disk-full')
  history.bin.beginErasing(gone)
  while (history.bin.eraseSome(gone)) expect(history.bin.halfErased()).toEqual([gone])
  expect(history.detail(stays)).toEqual(before)
  // What it took is free for others.
  addMany(history)
  history.close()
})

/** Stores more than fits into what a history has free. */
function addMany(history: History): void {
  const { id } = history.createRun(request, 50_000)
  try {
    addSteps(history, id, 1, 4000)
  } finally {
    history.endRun(id, 'stopped', null)
  }
}
