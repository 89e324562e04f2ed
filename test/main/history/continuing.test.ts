import { readdirSync, renameSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { problem } from '../../../core/words/problems.ts'
import { checkpointFolder } from '../../../main/files/places.ts'
import type { Home } from '../../../main/files/places.ts'
import type { History } from '../../../main/history/history.ts'
import { openHistory, temporaryHome } from './temporaryHome.ts'
import { addCheckpoint, addSteps, engine, problemIn, request } from './testRun.ts'

/** A run of 30 steps with evaluations at 0, 10, 20, 30 and checkpoints at 0, 10, 20, not ended yet. */
function thirtySteps(home: Home, history: History): number {
  const { id } = history.createRun(request, 50_000)
  history.beginStretch(id, 0, engine)
  history.addEvaluation(id, { step: 0, loss: 2.3, accuracy: 0.1, validation: null }, 1)
  addCheckpoint(home, history, id, 0)
  for (const last of [10, 20, 30]) {
    addSteps(history, id, last - 9, last)
    history.addEvaluation(id, { step: last, loss: 2, accuracy: last / 100, validation: null }, 1)
    if (last < 30) addCheckpoint(home, history, id, last)
  }
  return id
}

describe('continuing a run', () => {
  test('takes away what came after the checkpoint, keeps what was at it, and raises the goal', () => {
    const home = temporaryHome()
    const history = openHistory(home)
    const id = thirtySteps(home, history)
    history.endRun(id, 'interrupted', problem('lab-interrupted', {}))
    const continued = history.continueRun(id, 20, 5000)
    expect(continued).toMatchObject({
      state: 'training',
      problem: null,
      endedAt: null,
      goal: 5000,
      step: 20,
      checkpointStep: 20,
      trainingSeconds: 10,
      evaluationSeconds: 3,
      best: { step: 20 },
      last: { step: 20 },
    })
    expect(history.curve({ run: id, metric: 'loss', points: 100 }).step.at(-1)).toBe(20)
    expect(history.curve({ run: id, metric: 'testLoss', points: 100 }).step).toEqual([0, 10, 20])
  })

  test('takes back training and evaluation of what it takes away, and no waiting', () => {
    const home = temporaryHome()
    const history = openHistory(home)
    const id = thirtySteps(home, history)
    history.addWaiting(id, 2.5)
    history.addWaiting(id, 0.25)
    expect(history.endRun(id, 'paused', null)).toMatchObject({
      trainingSeconds: 15,
      evaluationSeconds: 4,
      waitingSeconds: 2.75,
    })
    expect(history.continueRun(id, 10, 40)).toMatchObject({
      trainingSeconds: 5,
      evaluationSeconds: 2,
      waitingSeconds: 2.75,
    })
    history.addWaiting(id, 1)
    history.endRun(id, 'stopped', null)
    expect(problemIn(() => history.addWaiting(id, 1))).toBe('run-not-training')
    history.close()
    expect(openHistory(home).run(id)).toMatchObject({ waitingSeconds: 3.75, queuedSeconds: 0 })
  })

  test('from an older checkpoint takes the later ones away: rows at once, files at the next opening', () => {
    const home = temporaryHome()
    const history = openHistory(home)
    const id = thirtySteps(home, history)
    history.endRun(id, 'stopped', null)
    expect(history.continueRun(id, 10, 30).checkpointStep).toBe(10)
    expect(history.detail(id).checkpoints.map((checkpoint) => checkpoint.step)).toEqual([0, 10])
    history.close()
    openHistory(home)
    expect(readdirSync(checkpointFolder(home, id)).sort()).toEqual(['0.safetensors', '10.safetensors'])
  })

  test('a checkpoint that was taken away does not come back with its file, and one at its step can be written anew', () => {
    const home = temporaryHome()
    const first = openHistory(home)
    const id = thirtySteps(home, first)
    first.endRun(id, 'paused', null)
    first.close()
    const file = path.join(checkpointFolder(home, id), '20.safetensors')
    renameSync(file, `${file}.away`)

    const second = openHistory(home)
    second.continueRun(id, 10, 30)
    second.endRun(id, 'paused', null)
    second.close()
    renameSync(`${file}.away`, file)

    const third = openHistory(home)
    expect(third.newestCheckpoint(id)?.step).toBe(10)
    third.continueRun(id, 10, 30)
    addSteps(third, id, 11, 20)
    addCheckpoint(home, third, id, 20)
    expect(third.newestCheckpoint(id)?.step).toBe(20)
  })

  test('goes on with the next step, in a new stretch', () => {
    const home = temporaryHome()
    const history = openHistory(home)
    const id = thirtySteps(home, history)
    history.endRun(id, 'paused', null)
    history.continueRun(id, 20, 40)
    history.beginStretch(id, 20, { ...engine, threads: 1 })
    addSteps(history, id, 21, 40)
    history.endRun(id, 'done', null)
    expect(history.detail(id).stretches).toMatchObject([
      { fromStep: 0, toStep: 30, ended: 'paused', engine },
      { fromStep: 20, toStep: 40, ended: 'done', engine: { threads: 1 } },
    ])
    expect(history.curve({ run: id, metric: 'accuracy', points: 100 }).step).toHaveLength(40)
  })

  test('from step 0 needs no checkpoint: a run whose engine never came up begins anew', () => {
    const history = openHistory(temporaryHome())
    const { id } = history.createRun(request, 50_000)
    addSteps(history, id, 1, 5)
    history.endRun(id, 'interrupted', problem('engine-unavailable', { detail: 'no library' }))
    expect(history.continueRun(id, 0, 2500)).toMatchObject({
      state: 'training',
      problem: null,
      step: 0,
      trainingSeconds: 0,
      imagesPerSecond: null,
    })
    addSteps(history, id, 1, 5)
  })

  test('needs a checkpoint and a run at rest that did not fail; otherwise nothing changes', () => {
    const home = temporaryHome()
    const history = openHistory(home)
    const id = thirtySteps(home, history)
    expect(problemIn(() => history.continueRun(id, 20, 40))).toBe('run-in-progress')
    history.endRun(id, 'paused', null)
    const before = history.detail(id)
    expect(problemIn(() => history.continueRun(id, 15, 40))).toBe('checkpoint-unknown')
    expect(history.detail(id)).toEqual(before)
    history.continueRun(id, 20, 40)
    history.endRun(id, 'failed', problem('loss-not-finite', { value: 'NaN', step: 21, checkpoint: 20 }))
    expect(problemIn(() => history.continueRun(id, 20, 40))).toBe('run-not-continuable')
  })
})

describe('keeping checkpoints', () => {
  test('rows that are given up are deleted and returned, once; start, best and the newest two stay', () => {
    const home = temporaryHome()
    const history = openHistory(home)
    const { id } = history.createRun(request, 50_000)
    addSteps(history, id, 1, 400)
    for (let step = 0; step <= 400; step += 5) addCheckpoint(home, history, id, step)
    history.addEvaluation(id, { step: 35, loss: 1, accuracy: 0.9, validation: null }, 1)
    const given = history.pruneCheckpoints(id).map((checkpoint) => checkpoint.step)
    const kept = history.detail(id).checkpoints.map((checkpoint) => checkpoint.step)
    expect([...given, ...kept].sort((a, b) => a - b)).toEqual(Array.from({ length: 81 }, (_, index) => index * 5))
    expect(kept).toEqual(expect.arrayContaining([0, 35, 395, 400]))
    expect(kept.length).toBeLessThanOrEqual(24)
    expect(history.pruneCheckpoints(id)).toEqual([])
  })
})
