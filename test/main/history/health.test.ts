import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import type { History } from '../../../main/history/history.ts'
import { conv, counts, healthAt, relu } from './sampleHealth.ts'
import { openHistory, temporaryHome } from './temporaryHome.ts'
import { addCheckpoint, addSteps, engine, problemIn, request } from './testRun.ts'

/** A training run with health at step 0 and at every tenth of its steps. */
function measured(history: History, steps: number): number {
  const { id } = history.createRun({ ...request, healthEvery: 10 }, 50_000)
  history.beginStretch(id, 0, engine)
  history.addHealth(id, healthAt(0))
  for (let last = 10; last <= steps; last += 10) {
    addSteps(history, id, last - 9, last)
    history.addHealth(id, healthAt(last))
  }
  return id
}

describe('the health of a run', () => {
  test('comes back whole, row by row', () => {
    const history = openHistory(temporaryHome())
    const run = measured(history, 30)
    expect(history.healthRows({ run, after: null, count: 2 })).toEqual([healthAt(0), healthAt(10)])
    expect(history.healthRows({ run, after: 10, count: 100 })).toEqual([healthAt(20), healthAt(30)])
    expect(history.healthRows({ run, after: 30, count: 100 })).toEqual([])
  })

  test('is drawn as curves of each layer, with the training time of each step', () => {
    const history = openHistory(temporaryHome())
    const run = measured(history, 30)
    const { layers, ...rest } = history.health({ run, points: 100 })
    expect(rest).toEqual({ run, every: 10, newest: 30, images: 100 })
    expect(layers.map(({ layer, units, brokenAt }) => [layer, units, brokenAt])).toEqual([
      ['conv_1', null, null],
      ['relu_1', 64, null],
    ])
    expect(layers[0].silent).toBeNull()
    expect(layers[0].updateRatio).toMatchObject({ step: [10, 20, 30], mean: [10 / 1024, 20 / 1024, 30 / 1024] })
    expect(layers[1].gradientNorm).toBeNull()
    expect(layers[1].silent).toMatchObject({
      step: [0, 10, 20, 30],
      seconds: [0, 5, 10, 15],
      mean: [0, 10 / 64, 20 / 64, 30 / 64],
    })
    expect(history.health({ run, points: 100, from: 15, to: 25 }).layers[1].silent?.step).toEqual([20])
  })

  test('of thousands of steps has as many points as are asked for, with exact extremes', () => {
    const history = openHistory(temporaryHome())
    const run = measured(history, 20_000)
    const { layers } = history.health({ run, points: 100 })
    const norm = layers[0].gradientNorm
    expect(norm?.step.length).toBeLessThanOrEqual(100)
    expect(norm?.step.length).toBeGreaterThan(40)
    expect(norm?.step.at(-1)).toBe(20_000)
    expect(norm?.max[0]).toBe(1)
    expect(norm?.min.at(-1)).toBe(1 / 20_001)
    const histograms = history.healthHistograms({ run, layer: 'conv_1', observed: 'weights', points: 100 })
    expect(histograms.map(({ step }) => step)).toEqual(norm?.step)
    expect(histograms.at(-1)?.histogram.counts).toEqual(counts(20_000))
  })

  test('has histograms of a layer over time, none of what it does not have', () => {
    const history = openHistory(temporaryHome())
    const run = measured(history, 20)
    const asked = { run, layer: 'conv_1', points: 100 } as const
    expect(history.healthHistograms({ ...asked, observed: 'activations' })).toEqual(
      [0, 10, 20].map((step) => ({ step, histogram: conv(step).activations })),
    )
    expect(history.healthHistograms({ ...asked, layer: 'relu_1', observed: 'weights' })).toEqual([])
    expect(history.healthHistograms({ ...asked, layer: 'nothing', observed: 'weights' })).toEqual([])
  })

  test('of a layer that broke says so, and has no numbers for it', () => {
    const history = openHistory(temporaryHome())
    const run = measured(history, 20)
    addSteps(history, run, 21, 30)
    const none = { weights: null, activations: null, gradients: null, gradientNorm: null, weightNorm: null }
    history.addHealth(run, {
      ...healthAt(30),
      layers: [
        { ...conv(30), ...none, finite: false, updateRatio: null },
        { ...relu(30), finite: false, silent: null, activations: null },
      ],
    })
    const { layers } = history.health({ run, points: 100 })
    expect(layers.map(({ brokenAt }) => brokenAt)).toEqual([30, 30])
    expect(layers[0].gradientNorm?.step).toEqual([0, 10, 20])
    expect(history.healthRows({ run, after: 20, count: 1 })[0].layers[1]).toMatchObject({ finite: false, silent: null })
  })

  test('goes back with the metrics when the run continues, and takes another interval', () => {
    const home = temporaryHome()
    const history = openHistory(home)
    const run = measured(history, 10)
    addCheckpoint(home, history, run, 10)
    addSteps(history, run, 11, 20)
    history.addHealth(run, healthAt(20))
    history.endRun(run, 'paused', null)
    history.continueRun(run, 10, 5000, null, 7)
    expect(history.health({ run, points: 100 })).toMatchObject({ every: 7, newest: 10 })
    expect(
      history.healthHistograms({ run, layer: 'conv_1', observed: 'weights', points: 9 }).map(({ step }) => step),
    ).toEqual([0, 10])
  })

  test('is refused before its step, and at rest', () => {
    const history = openHistory(temporaryHome())
    const run = measured(history, 10)
    expect(() => history.addHealth(run, healthAt(11))).toThrow(RangeError)
    history.endRun(run, 'stopped', null)
    expect(problemIn(() => history.addHealth(run, healthAt(10)))).toBe('run-not-training')
    expect(problemIn(() => history.health({ run: 9, points: 1 }))).toBe('run-unknown')
  })

  test('is measured at the usual interval where nobody chose one', () => {
    const history = openHistory(temporaryHome())
    const { id } = history.createRun(request, 50_000)
    expect(history.healthEvery(id)).toBe(100)
    expect(history.health({ run: id, points: 9 })).toEqual({
      run: id,
      every: 100,
      newest: null,
      images: null,
      layers: [],
    })
  })

  test('with a histogram that is cut off is damage that is named', () => {
    const home = temporaryHome()
    const history = openHistory(home)
    const run = measured(history, 10)
    history.close()
    const file = new Database(home.history)
    file.exec('UPDATE health_histograms SET counts = substr(counts, 1, 30) WHERE step = 10')
    file.close()
    const again = openHistory(home)
    expect(problemIn(() => again.healthRows({ run, after: null, count: 9 }))).toBe('history-damaged')
    expect(again.health({ run, points: 9 }).newest).toBe(10)
  })
})
