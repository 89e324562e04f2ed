import { mkdirSync } from 'node:fs'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { canonicalJson } from '../../../core/numbers/canonicalJson.ts'
import { problem } from '../../../core/words/problems.ts'
import { connectAsOwner } from '../../../main/history/connection.ts'
import type { History } from '../../../main/history/history.ts'
import { beginning } from '../../../main/history/migrations/1-beginning.ts'
import { migrate, newestVersion } from '../../../main/history/migrations/migrate.ts'
import { openHistory, temporaryHome } from './temporaryHome.ts'
import { config, engine, problemIn, request } from './testRun.ts'

/** A history with so many queued runs, numbered from 1. */
function withQueue(count: number): History {
  const history = openHistory(temporaryHome())
  for (let run = 0; run < count; run += 1) history.queueRun(request, 50_000)
  return history
}

describe('the queue', () => {
  test('keeps the order in which runs were added, and each run knows its place', () => {
    const history = withQueue(3)
    expect(history.queue()).toEqual([1, 2, 3])
    expect(history.run(2)).toMatchObject({
      state: 'queued',
      queuePosition: 2,
      step: 0,
      checkpointStep: null,
      endedAt: null,
    })
    expect(history.runs().map((run) => [run.id, run.queuePosition])).toEqual([
      [3, 3],
      [2, 2],
      [1, 1],
    ])
  })

  test('runs move by one place or to an end, and stay where there is no further', () => {
    const history = withQueue(4)
    expect(history.moveQueued(3, 'up')).toMatchObject({ id: 3, queuePosition: 2 })
    expect(history.queue()).toEqual([1, 3, 2, 4])
    history.moveQueued(1, 'down')
    expect(history.queue()).toEqual([3, 1, 2, 4])
    history.moveQueued(4, 'first')
    expect(history.queue()).toEqual([4, 3, 1, 2])
    history.moveQueued(3, 'last')
    expect(history.queue()).toEqual([4, 1, 2, 3])
    history.moveQueued(4, 'up')
    history.moveQueued(3, 'down')
    expect(history.queue()).toEqual([4, 1, 2, 3])
    history.queueRun(request, 50_000)
    expect(history.queue()).toEqual([4, 1, 2, 3, 5])
  })

  test('a cancelled run is gone and the others move up; its number is not given again', () => {
    const history = withQueue(3)
    history.cancelQueued(2)
    expect(problemIn(() => history.run(2))).toBe('run-unknown')
    expect(history.run(3).queuePosition).toBe(2)
    history.cancelQueued(3)
    expect(history.queueRun(request, 50_000).id).toBe(4)
    expect(history.queue()).toEqual([1, 4])
  })

  test('a run keeps how long it was in it, whether it began or could not', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-24T10:00:00.000Z') })
    onTestFinished(() => void vi.useRealTimers())
    const history = withQueue(3)
    vi.setSystemTime('2026-11-24T10:01:30.250Z')
    expect(history.beginQueued(1).queuedSeconds).toBeCloseTo(90.25, 3)
    expect(
      history.giveUpQueued(2, problem('dataset-missing', { dataset: 'CIFAR-10', id: 'cifar-10' })).queuedSeconds,
    ).toBeCloseTo(90.25, 3)
    expect(history.run(3).queuedSeconds).toBe(0)
    // Put back, as by a computer that has learned the time.
    vi.setSystemTime('2026-11-24T09:00:00.000Z')
    expect(history.beginQueued(3).queuedSeconds).toBe(0)
  })

  test('a run that begins is out of it and trains as any other', () => {
    const history = withQueue(2)
    expect(history.beginQueued(1)).toMatchObject({ state: 'training', queuePosition: null })
    expect(history.run(2).queuePosition).toBe(1)
    history.beginStretch(1, 0, engine)
    expect(history.endRun(1, 'done', null).state).toBe('done')
  })

  test('a run that cannot begin says why and can be continued later', () => {
    const history = withQueue(1)
    const missing = problem('dataset-missing', { dataset: 'CIFAR-10', id: 'cifar-10' })
    const given = history.giveUpQueued(1, missing)
    expect(given).toMatchObject({ state: 'interrupted', queuePosition: null, problem: missing, step: 0 })
    expect(given.endedAt).not.toBeNull()
    expect(history.queue()).toEqual([])
    expect(history.continueRun(1, 0, 2500)).toMatchObject({ state: 'training', problem: null })
  })

  test('only queued runs are moved, cancelled or begun, and a queued one is neither trained nor continued', () => {
    const history = withQueue(1)
    const { id } = history.createRun(request, 50_000)
    const before = history.runs()
    for (const action of [
      () => history.moveQueued(id, 'first'),
      () => history.cancelQueued(id),
      () => history.beginQueued(id),
      () => history.giveUpQueued(id, problem('internal', { detail: '' })),
    ]) {
      expect(problemIn(action)).toBe('run-not-queued')
    }
    expect(problemIn(() => history.moveQueued(9, 'up'))).toBe('run-unknown')
    expect(problemIn(() => history.cancelQueued(9))).toBe('run-unknown')
    expect(problemIn(() => history.addSteps(1, 1, [1], [1], [1]))).toBe('run-not-training')
    expect(problemIn(() => history.endRun(1, 'done', null))).toBe('run-not-training')
    expect(problemIn(() => history.continueRun(1, 0, 10))).toBe('run-not-continuable')
    expect(history.runs()).toEqual(before)
  })

  test('survives closing and opening, in its order', () => {
    const home = temporaryHome()
    const history = openHistory(home)
    for (let run = 0; run < 3; run += 1) history.queueRun(request, 50_000)
    history.moveQueued(3, 'first')
    history.beginQueued(3)
    history.close()
    const again = openHistory(home)
    expect(again.queue()).toEqual([1, 2])
    expect(again.run(3)).toMatchObject({ state: 'interrupted', problem: { code: 'lab-interrupted' } })
  })
})

/** Run 1, paused at step 2 with a checkpoint there, before run 2, which has not begun. */
function withPaused(home = temporaryHome()): History {
  const history = openHistory(home)
  const { id } = history.createRun(request, 50_000)
  history.beginStretch(id, 0, engine)
  history.addSteps(id, 1, [1, 0.5], [0.5, 0.75], [0.1, 0.2])
  history.endRun(id, 'paused', null, {
    checkpoint: {
      step: 2,
      file: 'step-2.safetensors',
      sha256: 'a'.repeat(64),
      bytes: 10,
      reason: 'pause',
      createdAt: '2026-11-24T10:00:00.000Z',
    },
    trainingSeconds: 0.2,
  })
  history.queueRun(request, 50_000)
  return history
}

const continuation = { goal: 3000, healthEvery: 7 }

describe('a run at rest in the queue', () => {
  test('has its place in the one order, keeps its state, and moves like the others', () => {
    const history = withPaused()
    expect(history.queueContinuation(1, continuation)).toMatchObject({
      state: 'paused',
      queuePosition: 2,
      continuation,
    })
    history.queueRun(request, 50_000)
    expect(history.queue()).toEqual([2, 1, 3])
    history.moveQueued(1, 'first')
    history.moveQueued(3, 'up')
    expect(history.queue()).toEqual([1, 3, 2])
    expect(history.runs().map((run) => [run.id, run.state, run.queuePosition])).toEqual([
      [3, 'queued', 2],
      [2, 'queued', 3],
      [1, 'paused', 1],
    ])
    expect(history.run(2).continuation).toBeNull()
  })

  test('is in it once, and only where it can be continued', () => {
    const history = withPaused()
    history.queueContinuation(1, continuation)
    expect(problemIn(() => history.queueContinuation(1, continuation))).toBe('run-queued')
    expect(problemIn(() => history.queueContinuation(2, continuation))).toBe('run-queued')
    expect(problemIn(() => history.queueContinuation(9, continuation))).toBe('run-unknown')
    expect(problemIn(() => history.beginQueued(1))).toBe('run-not-queued')
    const { id } = history.createRun(request, 50_000)
    expect(problemIn(() => history.queueContinuation(id, continuation))).toBe('run-in-progress')
    history.endRun(id, 'failed', problem('internal', { detail: '' }))
    expect(problemIn(() => history.queueContinuation(id, continuation))).toBe('run-not-continuable')
    expect(history.queue()).toEqual([2, 1])
  })

  test('stays as it was where it is taken out, or could not be continued', () => {
    const history = withPaused()
    const before = history.run(1)
    history.queueContinuation(1, continuation)
    history.cancelQueued(1)
    expect(history.run(1)).toEqual(before)
    history.queueContinuation(1, continuation)
    const missing = problem('dataset-missing', { dataset: 'CIFAR-10', id: 'cifar-10' })
    expect(history.giveUpQueued(1, missing)).toEqual({ ...before, problem: missing })
    expect(history.queue()).toEqual([2])
  })

  test.each([
    ['it is continued by hand', (history: History) => void history.continueRun(1, 0, 2500)],
    ['it is deleted', (history: History) => history.bin.put([1], '2026-11-24T11:00:00.000Z')],
    ['it is archived', (history: History) => void history.marks.change([1], { archived: true })],
  ])('leaves it where %s, and is not in it again by itself', (_how, act) => {
    const history = withPaused()
    history.queueContinuation(1, continuation)
    act(history)
    expect(history.queue()).toEqual([2])
    if (history.run(1).deletedAt !== null) history.bin.restore([1])
    expect(history.run(1)).toMatchObject({ queuePosition: null, continuation: null })
  })

  test('is there at the next opening, in its place', () => {
    const home = temporaryHome()
    const history = withPaused(home)
    history.queueContinuation(1, continuation)
    history.moveQueued(1, 'up')
    history.close()
    const again = openHistory(home)
    expect(again.queue()).toEqual([1, 2])
    expect(again.run(1)).toMatchObject({ state: 'paused', queuePosition: 1, continuation })
  })
})

test('a history of version 1 keeps its runs and gets a queue', () => {
  const home = temporaryHome()
  mkdirSync(home.folder, { recursive: true })
  const old = connectAsOwner(home.history)
  migrate(old, [beginning])
  old
    .prepare(
      `INSERT INTO runs (preset, config, config_sha256, goal, evaluate_every, train_images, state, created_at, active_at, ended_at)
       SELECT 'seed', ?, ?, 2500, 500, 50000, value, '2026-11-01T10:00:00.000Z', '2026-11-01T10:00:00.000Z', NULL FROM json_each('["paused","training","done"]')`,
    )
    .run(canonicalJson(config), openHistory(temporaryHome()).createRun(request, 50_000).configSha256)
  old.close()
  const history = openHistory(home)
  expect(history.runs().map((run) => [run.id, run.state, run.queuePosition])).toEqual([
    [3, 'done', null],
    [2, 'interrupted', null],
    [1, 'paused', null],
  ])
  expect(history.queueRun(request, 50_000)).toMatchObject({ id: 4, queuePosition: 1 })
  history.close()
  const file = new Database(home.history, { readonly: true })
  expect(file.pragma('user_version', { simple: true })).toBe(newestVersion)
  file.close()
})
