import { createHash } from 'node:crypto'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from '../../../core/numbers/canonicalJson.ts'
import { problem } from '../../../core/words/problems.ts'
import { RunDetail, RunSummary } from '../../../core/run/run.ts'
import { openHistory, temporaryHome } from './temporaryHome.ts'
import { addCheckpoint, addSteps, config, engine, problemIn, request, writeCheckpoint } from './testRun.ts'

describe('a new run', () => {
  test('is what was asked for, trains, and has measured nothing yet', () => {
    const history = openHistory(temporaryHome())
    const run = history.createRun(request, 50_000)
    expect(RunSummary.parse(run)).toEqual({
      id: 1,
      name: null,
      note: '',
      tags: [],
      star: false,
      colour: null,
      archived: false,
      deletedAt: null,
      sweep: null,
      repeats: run.repeats,
      ...request,
      network: null,
      configSha256: createHash('sha256').update(canonicalJson(config)).digest('hex'),
      state: 'training',
      phase: null,
      computer: null,
      queuePosition: null,
      continuation: null,
      problem: null,
      step: 0,
      checkpointStep: null,
      trainingSeconds: 0,
      evaluationsSinceBest: 0,
      expectation: null,
      weights: null,
      eventFolder: null,
      evaluationSeconds: 0,
      waitingSeconds: 0,
      queuedSeconds: 0,
      imagesPerSecond: null,
      trainImages: 50_000,
      best: null,
      last: null,
      createdAt: run.createdAt,
      endedAt: null,
    })
    expect(history.run(1)).toEqual(run)
  })

  test('is stored as the very text that was hashed', () => {
    const home = temporaryHome()
    const history = openHistory(home)
    const { configSha256 } = history.createRun(request, 50_000)
    history.close()
    const file = new Database(home.history, { readonly: true })
    const text = String(file.prepare('SELECT config FROM runs').pluck().get())
    file.close()
    expect(text).toBe(canonicalJson(config))
    expect(createHash('sha256').update(text).digest('hex')).toBe(configSha256)
  })

  test('an altered configuration is noticed, not trained with', () => {
    const home = temporaryHome()
    const history = openHistory(home)
    history.createRun(request, 50_000)
    history.close()
    const file = new Database(home.history)
    file.prepare(`UPDATE runs SET config = replace(config, '"batch":100', '"batch":101')`).run()
    file.close()
    const again = openHistory(home)
    expect(problemIn(() => again.run(1))).toBe('history-damaged')
  })

  test('runs are listed newest first, and a number is never given twice', () => {
    const home = temporaryHome()
    const history = openHistory(home)
    for (let run = 0; run < 3; run += 1) history.createRun(request, 50_000)
    expect(history.runs().map((run) => run.id)).toEqual([3, 2, 1])
    history.close()
    const file = new Database(home.history)
    file.prepare('DELETE FROM runs WHERE id = 3').run()
    file.close()
    expect(openHistory(home).createRun(request, 50_000).id).toBe(4)
  })

  test('an unknown run is a problem everywhere', () => {
    const history = openHistory(temporaryHome())
    for (const ask of [
      () => history.run(7),
      () => history.detail(7),
      () => history.newestCheckpoint(7),
      () => history.checkpoint(7, 0),
      () => history.continueRun(7, 0, 10),
      () => history.beginStretch(7, 0, engine),
      () => history.addSteps(7, 1, [1], [1], [1]),
      () => history.endRun(7, 'done', null),
      () => history.curve({ run: 7, metric: 'loss', points: 10 }),
    ])
      expect(problemIn(ask)).toBe('run-unknown')
  })
})

describe('a run that trains', () => {
  test('step, training time and rate follow the metrics; evaluation time is apart', () => {
    const home = temporaryHome()
    const history = openHistory(home)
    const { id } = history.createRun(request, 50_000)
    addSteps(history, id, 1, 7)
    addSteps(history, id, 8, 20)
    history.addEvaluation(id, { step: 10, loss: 2, accuracy: 0.3, validation: null }, 4)
    history.addEvaluation(id, { step: 20, loss: 1.9, accuracy: 0.2, validation: null }, 5)
    addCheckpoint(home, history, id, 20)
    // 20 steps of 100 images in 10 s.
    expect(history.run(id)).toMatchObject({
      step: 20,
      trainingSeconds: 10,
      evaluationSeconds: 9,
      imagesPerSecond: 200,
      checkpointStep: 20,
    })
  })

  test('the best evaluation is the most accurate, the earliest of equals; the last is the last', () => {
    const history = openHistory(temporaryHome())
    const { id } = history.createRun(request, 50_000)
    addSteps(history, id, 1, 40)
    history.addEvaluation(id, { step: 10, loss: 2, accuracy: 0.3, validation: null }, 1)
    history.addEvaluation(id, { step: 20, loss: 1.7, accuracy: 0.5, validation: null }, 1)
    history.addEvaluation(id, { step: 30, loss: 1.5, accuracy: 0.5, validation: null }, 1)
    history.addEvaluation(id, { step: 40, loss: 1.6, accuracy: 0.4, validation: null }, 1)
    expect(history.run(id)).toMatchObject({
      best: { step: 20, loss: 1.7, accuracy: 0.5, validation: null },
      last: { step: 40, loss: 1.6, accuracy: 0.4, validation: null },
    })
  })

  test('steps with a gap, twice, or in unequal columns are refused and nothing of them is stored', () => {
    const history = openHistory(temporaryHome())
    const { id } = history.createRun(request, 50_000)
    addSteps(history, id, 1, 5)
    expect(() => addSteps(history, id, 7, 8)).toThrow(RangeError)
    expect(() => addSteps(history, id, 5, 8)).toThrow(RangeError)
    expect(() => history.addSteps(id, 6, [1, 1], [1], [1, 1])).toThrow(RangeError)
    expect(() => history.addSteps(id, 6, [1, Number.NaN], [1, 1], [3, 3.5])).toThrow()
    expect(history.run(id).step).toBe(5)
    expect(history.curve({ run: id, metric: 'loss', points: 100 }).step).toEqual([1, 2, 3, 4, 5])
  })

  test('no checkpoint or evaluation counts before the metrics of its step', () => {
    const home = temporaryHome()
    const history = openHistory(home)
    const { id } = history.createRun(request, 50_000)
    addSteps(history, id, 1, 5)
    expect(() => addCheckpoint(home, history, id, 6)).toThrow(RangeError)
    expect(() => history.addEvaluation(id, { step: 6, loss: 1, accuracy: 1, validation: null }, 1)).toThrow(RangeError)
  })

  test('checkpoints are found by step, and the newest without one', () => {
    const home = temporaryHome()
    const history = openHistory(home)
    const { id } = history.createRun(request, 50_000)
    expect(history.newestCheckpoint(id)).toBeNull()
    expect(problemIn(() => history.checkpoint(id, 0))).toBe('checkpoint-unknown')
    const start = addCheckpoint(home, history, id, 0)
    addSteps(history, id, 1, 10)
    const ten = addCheckpoint(home, history, id, 10)
    expect(history.newestCheckpoint(id)).toEqual(ten)
    expect(history.checkpoint(id, 0)).toEqual(start)
    expect(() => history.checkpoint(id, 5)).toThrow('Its checkpoints are at: 0, 10')
  })
})

/** A run that trains and has stored so many steps. */
function trainedTo(step: number) {
  const home = temporaryHome()
  const history = openHistory(home)
  const { id } = history.createRun(request, 50_000)
  addSteps(history, id, 1, step)
  return { home, history, id }
}

describe('the end of a run', () => {
  test.each(['paused', 'stopped', 'interrupted', 'failed', 'done'] as const)(
    '%s: state, reason, time and stretch are stored',
    (state) => {
      const history = openHistory(temporaryHome())
      const { id } = history.createRun(request, 50_000)
      history.beginStretch(id, 0, engine)
      addSteps(history, id, 1, 12)
      const reason = state === 'interrupted' ? problem('engine-crashed', { detail: 'SIGKILL' }) : null
      const ended = history.endRun(id, state, reason)
      expect(ended).toMatchObject({ state, problem: reason, step: 12 })
      expect(ended.endedAt).not.toBeNull()
      const detail = RunDetail.parse(history.detail(id))
      expect(detail.stretches).toMatchObject([
        { fromStep: 0, toStep: 12, engine, ended: state, endedAt: ended.endedAt },
      ])
    },
  )

  test('can bring its last checkpoint, and both survive the end of the process', () => {
    const { home, history, id } = trainedTo(12)
    const last = { checkpoint: writeCheckpoint(home, id, 12, 'pause'), trainingSeconds: 6 }
    expect(history.endRun(id, 'paused', null, last)).toMatchObject({ state: 'paused', step: 12, checkpointStep: 12 })
    history.close()
    expect(openHistory(home).detail(id)).toMatchObject({ state: 'paused', checkpoints: [last.checkpoint] })
  })

  test('brings no checkpoint before the metrics of its step: then nothing of it is stored', () => {
    const { home, history, id } = trainedTo(12)
    const early = { checkpoint: writeCheckpoint(home, id, 13, 'pause'), trainingSeconds: 6 }
    expect(() => history.endRun(id, 'paused', null, early)).toThrow(RangeError)
    expect(history.run(id)).toMatchObject({ state: 'training', checkpointStep: null })
  })

  test('happens once: what comes later is refused', () => {
    const { home, history, id } = trainedTo(3)
    history.endRun(id, 'stopped', null)
    expect(problemIn(() => history.endRun(id, 'done', null))).toBe('run-not-training')
    expect(problemIn(() => addSteps(history, id, 4, 5))).toBe('run-not-training')
    expect(problemIn(() => addCheckpoint(home, history, id, 3))).toBe('run-not-training')
    expect(history.run(id).state).toBe('stopped')
  })

  test('a stored reason that is not known here is still shown', () => {
    const home = temporaryHome()
    const history = openHistory(home)
    const { id } = history.createRun(request, 50_000)
    history.endRun(id, 'failed', problem('internal', { detail: 'x' }))
    history.close()
    const file = new Database(home.history)
    file.prepare('UPDATE runs SET problem = ?').run('{"code":"of-a-later-lab","parameters":{}}')
    file.close()
    expect(openHistory(home).run(id).problem).toEqual(
      problem('internal', { detail: '{"code":"of-a-later-lab","parameters":{}}' }),
    )
  })
})
