// @module-tag slow
import { describe, expect, test } from 'vitest'
import { bucketOf, type Curve } from '../../../core/run/curve.ts'
import { Metric } from '../../../core/run/run.ts'
import { bucketWidth } from '../../../main/history/buckets.ts'
import { openHistory, temporaryHome } from './temporaryHome.ts'
import { addCheckpoint, request } from './testRun.ts'

/** Numbers in [0, 1) that are the same in every test run (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

interface Point {
  readonly step: number
  readonly value: number
  readonly seconds: number
}

/** A curve computed the long way, from all points. */
function naive(points: readonly Point[], width: number): Pick<Curve, 'step' | 'seconds' | 'min' | 'max' | 'mean'> {
  const buckets = new Map<number, Point[]>()
  for (const point of points) {
    const number = bucketOf(point.step, width)
    const bucket = buckets.get(number)
    if (bucket === undefined) buckets.set(number, [point])
    else bucket.push(point)
  }
  const all = [...buckets.values()]
  const values = all.map((bucket) => bucket.map((point) => point.value))
  return {
    step: all.map((bucket) => Math.max(...bucket.map((point) => point.step))),
    seconds: all.map((bucket) => Math.max(...bucket.map((point) => point.seconds))),
    min: values.map((bucket) => Math.min(...bucket)),
    max: values.map((bucket) => Math.max(...bucket)),
    mean: values.map((bucket) => bucket.reduce((sum, value) => sum + value, 0) / bucket.length),
  }
}

function expectSame(curve: Curve, expected: ReturnType<typeof naive>): void {
  const { step, seconds, min, max, mean } = curve
  expect({ step, seconds, min, max }).toEqual({
    step: expected.step,
    seconds: expected.seconds,
    min: expected.min,
    max: expected.max,
  })
  // Sums in another order differ in their last bits.
  mean.forEach((value, index) => expect(value).toBeCloseTo(expected.mean[index], 12))
  expect(mean).toHaveLength(expected.mean.length)
}

describe('a curve from summaries equals one from all steps', () => {
  test.each([1, 2, 3, 4])('over random ranges, batches and rewinds (seed %i)', (seed) => {
    const random = randomNumbers(seed)
    const below = (bound: number) => Math.floor(random() * bound)
    const home = temporaryHome()
    const history = openHistory(home)
    const { id } = history.createRun(request, 50_000)
    const stored: Record<'loss' | 'accuracy', Point[]> = { loss: [], accuracy: [] }
    addCheckpoint(home, history, id, 0)
    for (let round = 0; round < 4; round += 1) {
      for (let batch = 0; batch < 6; batch += 1) {
        const first = stored.loss.length + 1
        const steps = Array.from({ length: 1 + below(1200) }, (_, index) => ({
          step: first + index,
          loss: random() * 5,
          accuracy: random(),
          seconds: (first + index) / 8,
        }))
        history.addSteps(
          id,
          first,
          steps.map((step) => step.loss),
          steps.map((step) => step.accuracy),
          steps.map((step) => step.seconds),
        )
        for (const metric of ['loss', 'accuracy'] as const)
          stored[metric].push(...steps.map((step) => ({ step: step.step, value: step[metric], seconds: step.seconds })))
        if (batch === 3)
          history.addCheckpoint(
            id,
            {
              step: stored.loss.length,
              file: `${stored.loss.length}.safetensors`,
              sha256: 'ab'.repeat(32),
              bytes: 1,
              reason: 'interval',
              createdAt: new Date().toISOString(),
            },
            stored.loss.length / 8,
          )
      }
      for (let question = 0; question < 25; question += 1) {
        const metric = random() < 0.5 ? 'loss' : 'accuracy'
        const last = stored.loss.length
        const from = 1 + below(last)
        const to = question === 0 ? last : from + below(last - from + 1)
        const points = 1 + below(random() < 0.5 ? 12 : 3000)
        const within = stored[metric].slice(from - 1, to)
        expectSame(history.curve({ run: id, metric, points, from, to }), naive(within, bucketWidth(from, to, points)))
      }
      const checkpoint = history.newestCheckpoint(id)?.step ?? 0
      history.endRun(id, 'paused', null)
      history.continueRun(id, checkpoint, 100_000)
      stored.loss.length = checkpoint
      stored.accuracy.length = checkpoint
      expectSame(
        history.curve({ run: id, metric: 'loss', points: 50 }),
        naive(stored.loss, bucketWidth(1, checkpoint, 50)),
      )
    }
  })
})

describe('a curve', () => {
  test('of a run without steps is empty', () => {
    const history = openHistory(temporaryHome())
    const { id } = history.createRun(request, 50_000)
    for (const metric of Metric.options) {
      expect(history.curve({ run: id, metric, points: 100 })).toEqual({
        run: id,
        metric,
        width: 1,
        step: [],
        seconds: [],
        min: [],
        max: [],
        mean: [],
      })
    }
  })

  test('outside its steps is empty, and a range that reaches beyond them ends with them', () => {
    const history = openHistory(temporaryHome())
    const { id } = history.createRun(request, 50_000)
    history.addSteps(id, 1, [3, 2, 1], [0.1, 0.2, 0.3], [1, 2, 3])
    expect(history.curve({ run: id, metric: 'loss', points: 10, from: 4, to: 9 }).step).toEqual([])
    expect(history.curve({ run: id, metric: 'loss', points: 10, from: 3, to: 2 }).step).toEqual([])
    expect(history.curve({ run: id, metric: 'loss', points: 10, from: 2, to: 900 })).toEqual({
      run: id,
      metric: 'loss',
      width: 1,
      step: [2, 3],
      seconds: [2, 3],
      min: [2, 1],
      max: [2, 1],
      mean: [2, 1],
    })
  })

  test('knows nothing of other runs', () => {
    const history = openHistory(temporaryHome())
    const one = history.createRun(request, 50_000).id
    const other = history.createRun(request, 50_000).id
    history.addSteps(one, 1, [3, 2, 1], [0, 0, 0], [1, 2, 3])
    history.addSteps(other, 1, [9], [0], [1])
    expect(history.curve({ run: one, metric: 'loss', points: 1 })).toMatchObject({
      step: [3],
      min: [1],
      max: [3],
      mean: [2],
    })
  })

  test('of the test set has a point an evaluation, step 0 included, at the training time of its step', () => {
    const history = openHistory(temporaryHome())
    const { id } = history.createRun(request, 50_000)
    history.addEvaluation(id, { step: 0, loss: 2.3, accuracy: 0.1, validation: null }, 1)
    history.addSteps(id, 1, [3, 2, 1], [0, 0, 0], [1.5, 2.5, 3.5])
    history.addEvaluation(id, { step: 3, loss: 1.1, accuracy: 0.6, validation: null }, 1)
    expect(history.curve({ run: id, metric: 'testAccuracy', points: 2 })).toEqual({
      run: id,
      metric: 'testAccuracy',
      width: 1,
      step: [0, 3],
      seconds: [0, 3.5],
      min: [0.1, 0.6],
      max: [0.1, 0.6],
      mean: [0.1, 0.6],
    })
    expect(history.curve({ run: id, metric: 'testLoss', points: 1 })).toMatchObject({
      step: [3],
      seconds: [3.5],
      min: [1.1],
      max: [2.3],
      mean: [1.7],
    })
    expect(history.curve({ run: id, metric: 'testLoss', points: 9, from: 1 }).step).toEqual([3])
    expect(history.curve({ run: id, metric: 'validationLoss', points: 9 }).step).toEqual([])
  })

  test('of the validation images has a point each evaluation that measured them, beside the test set’s own', () => {
    const history = openHistory(temporaryHome())
    const { id } = history.createRun(request, 45_000)
    history.addSteps(id, 1, [3, 2, 1], [0, 0, 0], [1.5, 2.5, 3.5])
    history.addEvaluation(id, { step: 1, loss: 2.3, accuracy: 0.1, validation: { loss: 2.5, accuracy: 0.2 } }, 1)
    history.addEvaluation(id, { step: 2, loss: 2, accuracy: 0.3, validation: null }, 1)
    history.addEvaluation(id, { step: 3, loss: 1.1, accuracy: 0.6, validation: { loss: 1.5, accuracy: 0.5 } }, 1)
    expect(history.curve({ run: id, metric: 'validationAccuracy', points: 2 })).toMatchObject({
      step: [1, 3],
      seconds: [1.5, 3.5],
      mean: [0.2, 0.5],
    })
    expect(history.curve({ run: id, metric: 'validationLoss', points: 1 })).toMatchObject({
      step: [3],
      min: [1.5],
      max: [2.5],
      mean: [2],
    })
    expect(history.curve({ run: id, metric: 'testAccuracy', points: 9 }).mean).toEqual([0.1, 0.3, 0.6])
  })

  test('says how many steps a bucket has', () => {
    const history = openHistory(temporaryHome())
    const { id } = history.createRun(request, 50_000)
    const steps = Array.from({ length: 1000 }, (_, index) => index + 1)
    history.addSteps(id, 1, steps, steps, steps)
    expect(history.curve({ run: id, metric: 'loss', points: 300 })).toMatchObject({ width: 4 })
    expect(history.curve({ run: id, metric: 'loss', points: 300, from: 501, to: 600 })).toMatchObject({ width: 1 })
    expect(history.curve({ run: id, metric: 'accuracy', points: 20 })).toMatchObject({ width: 64 })
  })
})

describe('raw metrics', () => {
  test('come page by page as they were stored, to the last bit', () => {
    const history = openHistory(temporaryHome())
    const { id } = history.createRun(request, 50_000)
    const steps = Array.from({ length: 7 }, (_, index) => index + 1)
    const loss = steps.map((step) => 1 / step)
    const accuracy = steps.map((step) => step / 7)
    const seconds = steps.map((step) => step / 3)
    history.addSteps(id, 1, loss, accuracy, seconds)
    expect(history.steps({ run: id, after: 0, count: 3 })).toEqual({
      first: 1,
      loss: loss.slice(0, 3),
      accuracy: accuracy.slice(0, 3),
      seconds: seconds.slice(0, 3),
    })
    expect(history.steps({ run: id, after: 3, count: 100 })).toEqual({
      first: 4,
      loss: loss.slice(3),
      accuracy: accuracy.slice(3),
      seconds: seconds.slice(3),
    })
    expect(history.steps({ run: id, after: 7, count: 3 }).loss).toEqual([])
  })

  test('of evaluations have the training time of their step', () => {
    const history = openHistory(temporaryHome())
    const { id } = history.createRun(request, 45_000)
    history.addEvaluation(id, { step: 0, loss: 2.3, accuracy: 0.1, validation: null }, 1)
    history.addSteps(id, 1, [3, 2], [0, 0], [1.5, 2.5])
    const second = { step: 2, loss: 1.1, accuracy: 0.6, validation: { loss: 1.5, accuracy: 0.5 } }
    history.addEvaluation(id, second, 1)
    expect(history.evaluations({ run: id, after: null, count: 1 })).toEqual([
      { step: 0, loss: 2.3, accuracy: 0.1, validation: null, seconds: 0 },
    ])
    expect(history.evaluations({ run: id, after: 0, count: 10 })).toEqual([{ ...second, seconds: 2.5 }])
  })

  test('of an unknown run are refused', () => {
    const history = openHistory(temporaryHome())
    expect(() => history.steps({ run: 7, after: 0, count: 1 })).toThrow()
    expect(() => history.evaluations({ run: 7, after: null, count: 1 })).toThrow()
  })
})
