import { describe, expect, it } from 'vitest'
import { rateSeries } from '../../renderer/pages/Train/rateSeries.ts'
import { sampleRun } from './sampleRuns.ts'

const labels = { training: null, label: 'rate', aheadLabel: 'ahead' }

describe('the curve of the learning rate', () => {
  it('is what was up to the step, and dotted what is still to come', () => {
    const run = sampleRun(1, { goal: 9, learningRate: 0.1, schedule: 'step' }, { step: 4 })
    const [was, ahead] = rateSeries({ ...labels, run, axis: 'step' })
    expect([was.look.dash, was.points.x]).toEqual(['full', [1, 2, 3, 4]])
    expect(was.points.y.map((rate) => Number(rate.toPrecision(6)))).toEqual([0.1, 0.1, 0.1, 0.01])
    expect([ahead.look.dash, ahead.points.x]).toEqual(['dotted', [4, 5, 6, 7, 8, 9]])
    expect(Number(ahead.points.y.at(-1)?.toPrecision(6))).toBe(0.001)
  })

  it('has one part before the first step and one after the last, and few points however long the run is', () => {
    const queued = sampleRun(1, { goal: 1_000_000 })
    expect(
      rateSeries({ ...labels, run: queued, axis: 'epoch' }).map(({ key, points }) => [key, points.x.length]),
    ).toEqual([['rateAhead', 1000]])
    const done = sampleRun(1, { goal: 5 }, { step: 5 })
    expect(rateSeries({ ...labels, run: done, axis: 'step' }).map(({ key }) => key)).toEqual(['rate'])
  })

  it('is held past the end of the schedule, where a run was continued', () => {
    const run = { ...sampleRun(1, { goal: 4, learningRate: 0.1, schedule: 'cosine' }, { step: 4 }), goal: 8 }
    const [, ahead] = rateSeries({ ...labels, run, axis: 'step' })
    expect(new Set(ahead.points.y).size).toBe(1)
  })

  it('ends with what is known over training time, whose future is not known', () => {
    const training = { step: [1, 4], seconds: [0.5, 2], width: 1, min: [0, 0], max: [0, 0], mean: [0, 0] }
    const run = sampleRun(1, { goal: 9 }, { step: 4 })
    expect(rateSeries({ ...labels, training, run, axis: 'time' }).map(({ points }) => points.x)).toEqual([[0.5, 2]])
    expect(rateSeries({ ...labels, run, axis: 'time' })).toEqual([])
  })
})
