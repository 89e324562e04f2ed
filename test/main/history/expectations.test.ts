import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import type { Expectation } from '../../../core/expectations/expectation.ts'
import type { RunFacts } from '../../../core/query/runFacts.ts'
import { problem } from '../../../core/words/problems.ts'
import type { History } from '../../../main/history/history.ts'
import { openHistory, temporaryHome } from './temporaryHome.ts'
import { addSteps, problemIn, request } from './testRun.ts'

const at = '2026-11-01T00:00:00.000Z'
const nothing: Expectation = { accuracy: null, versus: null, because: '' }
const guess: Expectation = { accuracy: 0.62, versus: null, because: 'the learning rate is lower' }

function opened(): History {
  return openHistory(temporaryHome())
}

/** Ends a training run as done, with this accuracy on the test set; and on images held out, where one is given. */
function finish(history: History, run: number, accuracy: number, validation: number | null = null): void {
  addSteps(history, run, 1, 10)
  const held = validation === null ? null : { loss: 1, accuracy: validation }
  history.addEvaluation(run, { step: 10, loss: 1, accuracy, validation: held }, 1)
  history.endRun(run, 'done', null)
}

/** The facts of all runs, those whose result is furthest below what was expected first. */
async function factsOf(history: History): Promise<readonly RunFacts[]> {
  const sort = [{ column: 'off', descending: false }]
  const page = await history.table.page({ where: '', shelf: 'kept', sort, from: 0, count: 10, settings: [] })
  return page.rows.map(({ facts }) => facts)
}

/** A run that is done with this accuracy. */
function doneRun(history: History, accuracy: number, expectation?: Expectation): number {
  const { id } = history.createRun(request, 50_000, { expectation })
  finish(history, id, accuracy)
  return id
}

describe('what is expected of a run', () => {
  test('is kept with it and locked at its beginning; an empty one is none', () => {
    const history = opened()
    const run = history.createRun(request, 50_000, {
      expectation: { ...guess, because: ' the learning rate is lower ' },
    })
    expect(run.expectation).toEqual({ ...guess, writtenAt: run.createdAt, lockedAt: run.createdAt })
    history.endRun(run.id, 'stopped', null)
    expect(history.createRun(request, 50_000, { expectation: nothing }).expectation).toBeNull()
    expect(history.expectations.all().map((one) => one.run)).toEqual([run.id])
  })

  test('can be written, changed and taken back while the run is queued, and never from its beginning on', () => {
    const history = opened()
    const { id } = history.queueRun(request, 50_000)
    history.expectations.write(id, guess)
    expect(history.run(id).expectation).toMatchObject({ ...guess, lockedAt: null })
    history.expectations.write(id, { ...nothing, accuracy: 0.7 })
    history.expectations.write(id, null)
    expect(history.run(id).expectation).toBeNull()
    history.expectations.write(id, guess)
    expect(history.beginQueued(id).expectation?.lockedAt).toEqual(expect.any(String))
    const locked = history.run(id).expectation
    for (const other of [null, { ...guess, accuracy: 0.58 }])
      expect(problemIn(() => history.expectations.write(id, other))).toBe('expectation-locked')
    finish(history, id, 0.584)
    expect(problemIn(() => history.expectations.write(id, null))).toBe('expectation-locked')
    history.continueRun(id, 0, 5000)
    expect(problemIn(() => history.expectations.write(id, null))).toBe('expectation-locked')
    expect(history.run(id).expectation).toEqual(locked)
  })

  test('is locked too where its run leaves the queue because it could not begin', () => {
    const history = opened()
    const { id } = history.queueRun(request, 50_000, { expectation: guess })
    history.giveUpQueued(id, problem('internal', { detail: '' }))
    expect(history.run(id).expectation?.lockedAt).toEqual(expect.any(String))
    expect(problemIn(() => history.expectations.write(id, null))).toBe('expectation-locked')
  })

  test('cannot be written later of a run that began without one', () => {
    const history = opened()
    const { id } = history.createRun(request, 50_000)
    expect(problemIn(() => history.expectations.write(id, guess))).toBe('expectation-locked')
    expect(problemIn(() => history.expectations.write(99, guess))).toBe('run-unknown')
  })

  test('is held by the file itself: no statement changes a locked one, or takes it from its run', () => {
    const home = temporaryHome()
    const history = openHistory(home)
    history.createRun(request, 50_000, { expectation: guess })
    history.close()
    const file = new Database(home.history)
    try {
      expect(() => file.exec('UPDATE expectations SET accuracy = 0.58')).toThrow('cannot be changed')
      expect(() => file.exec('UPDATE expectations SET locked_at = NULL')).toThrow('cannot be changed')
      expect(() => file.exec('DELETE FROM expectations')).toThrow('cannot be taken back')
    } finally {
      file.close()
    }
  })

  test('that does not fit is refused, and no run is made', () => {
    const history = opened()
    const run = doneRun(history, 0.5)
    const versus = (other: number): Expectation => ({ ...nothing, versus: { run: other, better: 'this' } })
    expect(problemIn(() => history.createRun(request, 50_000, { expectation: versus(77) }))).toBe('run-unknown')
    expect(
      problemIn(() => history.queueRun(request, 50_000, { expectation: { ...nothing, because: 'x'.repeat(501) } })),
    ).toBe('expectation-reason-too-long')
    const queued = history.queueRun(request, 50_000).id
    expect(problemIn(() => history.expectations.write(queued, versus(queued)))).toBe('expectation-of-itself')
    history.bin.put([run], at)
    expect(problemIn(() => history.expectations.write(queued, versus(run)))).toBe('run-in-bin')
    expect(history.runs().map(({ id }) => id)).toEqual([queued])
    expect(history.run(queued).expectation).toBeNull()
  })

  test('leaves the configuration and its hash as they are', () => {
    const history = opened()
    const [plain, expecting] = [
      history.queueRun(request, 50_000),
      history.queueRun(request, 50_000, { expectation: guess }),
    ]
    expect(expecting.configSha256).toBe(plain.configSha256)
    expect(expecting.repeats).toBe(plain.repeats)
  })

  test('goes with a queued run that is cancelled, and into the bin and out of it with its run', () => {
    const history = opened()
    const cancelled = history.queueRun(request, 50_000, { expectation: guess }).id
    history.cancelQueued(cancelled)
    expect(history.expectations.all()).toEqual([])
    const run = doneRun(history, 0.584, guess)
    history.bin.put([run], at)
    expect(history.expectations.all()).toEqual([])
    history.bin.restore([run])
    expect(history.expectations.all()).toMatchObject([{ run, expectation: guess, reached: 0.584 }])
    history.bin.put([run], at)
    history.bin.beginErasing(run)
    while (history.bin.eraseSome(run));
    expect(history.expectations.all()).toEqual([])
  })
})

describe('what has come of it', () => {
  test('is the last accuracy on the test set of a run that is done, also where the best is chosen on other images', async () => {
    const history = opened()
    const { id } = history.createRun(request, 50_000, { expectation: guess })
    expect(history.expectations.all()).toMatchObject([{ run: id, reached: null, other: null }])
    expect(await factsOf(history)).toMatchObject([{ id, expected: 0.62, off: null }])
    finish(history, id, 0.584, 0.9)
    expect(history.expectations.all()).toMatchObject([{ run: id, reached: 0.584 }])
    expect((await factsOf(history))[0].off).toBeCloseTo(-0.036, 12)
    const [plain, worse] = [doneRun(history, 0.5), doneRun(history, 0.5, guess)]
    expect((await factsOf(history)).map((facts) => facts.id)).toEqual([worse, id, plain])
  })

  test('of two runs is open until both are done, then right or wrong, and is gone with the other', () => {
    const history = opened()
    const first = history.createRun(request, 50_000).id
    history.endRun(first, 'paused', null)
    const versus = { run: first, better: 'other' } as const
    const second = doneRun(history, 0.6, { ...nothing, versus })
    expect(history.expectations.all()).toMatchObject([{ other: { run: first, reached: null, verdict: 'open' } }])
    history.continueRun(first, 0, 2500)
    finish(history, first, 0.7)
    history.marks.change([first], { name: 'wide' })
    expect(history.expectations.all()).toMatchObject([
      { run: second, reached: 0.6, other: { run: first, name: 'wide', reached: 0.7, verdict: 'right' } },
    ])
    history.bin.put([first], at)
    history.bin.beginErasing(first)
    while (history.bin.eraseSome(first));
    expect(history.expectations.all()).toMatchObject([{ other: { run: first, name: null, verdict: 'gone' } }])
  })
})
