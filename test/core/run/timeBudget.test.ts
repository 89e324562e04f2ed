import { describe, expect, it } from 'vitest'
import { plainSet, type DatasetCard } from '../../../core/data/dataset.ts'
import type { RunChoices } from '../../../core/run/choices.ts'
import { requestFor } from '../../../core/run/presets.ts'
import { RunRequest } from '../../../core/run/run.ts'
import { fittedToTime } from '../../../core/run/timeBudget.ts'

const card: DatasetCard = {
  ...plainSet,
  id: 'cifar-10',
  name: 'CIFAR-10',
  image: { height: 32, width: 32, channels: 3 },
  classes: ['a', 'b'],
  classesRu: ['а', 'б'],
  sizes: { train: 50_000, test: 10_000 },
  mirrors: true,
  downloadBytes: 1,
  authors: '',
  page: '',
  licence: '',
}
const request = (preset: 'seed' | 'quick', choices: RunChoices = {}) =>
  requestFor(preset, card, { sha256: 'a'.repeat(64) }, choices)

describe('a time budget', () => {
  it('becomes as many steps as fit into it, and a schedule as long as they are', () => {
    const fitted = fittedToTime(request('quick', { warmUpSteps: 100 }), 60, 0.05)
    expect(fitted.goal).toBe(1200)
    expect(fitted.config.schedule).toMatchObject({ kind: 'one-cycle', steps: 1200, warmUp: { steps: 60 } })
  })

  it('keeps the proportions of a schedule in steps', () => {
    const fitted = fittedToTime(request('seed', { schedule: 'step', goal: 3000 }), 10, 0.1)
    expect(fitted.config.schedule).toMatchObject({ kind: 'step', steps: 100, every: 33 })
  })

  it('leaves everything else of the request as it was', () => {
    const asked = request('seed')
    expect(fittedToTime(asked, 50, 0.1)).toEqual({ ...asked, goal: 500 })
  })

  it.each([1e-9, 0.1, 1e9])('gives a request that can be started, with steps of %d s', (secondsPerStep) => {
    for (const schedule of ['constant', 'step', 'cosine', 'one-cycle'] as const) {
      const fitted = fittedToTime(request('quick', { schedule, warmUpSteps: 10 }), 1, secondsPerStep)
      expect(RunRequest.safeParse(fitted).error).toBeUndefined()
      expect(fitted.goal).toBeGreaterThanOrEqual(1)
    }
  })
})

describe('choices on top of a preset', () => {
  it('begin with the usual settings of another optimizer or schedule', () => {
    const { optimizer, schedule } = request('seed', { optimizer: 'sgd', schedule: 'cosine', goal: 100 }).config
    expect(optimizer).toEqual({ kind: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 0, clipNorm: null })
    expect(schedule).toEqual({ kind: 'cosine', learningRate: 0.01, warmUp: null, steps: 100, endLearningRate: 0 })
  })

  it("keep a rate that was given, and the preset's for its own optimizer", () => {
    expect(request('seed', { optimizer: 'sgd', learningRate: 0.3 }).config.schedule.learningRate).toBe(0.3)
    expect(request('quick', { optimizer: 'sgd' }).config.schedule.learningRate).toBe(0.4)
  })

  it('change single settings of the preset’s own', () => {
    const { optimizer, schedule } = request('quick', {
      weightDecay: 1e-3,
      clipNorm: 5,
      momentum: 0.8,
      goal: 50,
      warmUpSteps: 5,
    }).config
    expect(optimizer).toEqual({ kind: 'sgd', momentum: 0.8, nesterov: true, weightDecay: 1e-3, clipNorm: 5 })
    // A momentum that was asked for is held, where one cycle would have moved it.
    expect(schedule).toMatchObject({
      kind: 'one-cycle',
      steps: 50,
      momentum: null,
      warmUp: { steps: 5, startFactor: 0.1 },
    })
  })

  it('are refused where they do not fit', () => {
    expect(() => request('seed', { weightDecay: 0.1 })).toThrow('Adam has none; choose AdamW')
    expect(() => request('seed', { warmUpSteps: 100, goal: 100 })).toThrow('The warm-up does not fit')
    expect(() => request('seed', { momentum: 1 })).toThrow('momentum is 1')
    expect(() => request('seed', { validationShare: 0.6 })).toThrow('validation share is 0.6')
    expect(() => request('seed', { validationShare: 0.5, batch: 10_000 })).not.toThrow()
    expect(() =>
      requestFor(
        'seed',
        { ...card, sizes: { train: 150, test: 10 } },
        { sha256: 'a'.repeat(64) },
        { validationShare: 0.5, batch: 100 },
      ),
    ).toThrow('at most 75')
  })

  it.each(['seed', 'quick'] as const)('are none for %s as it comes, which can be started', (preset) => {
    expect(RunRequest.safeParse(request(preset)).error).toBeUndefined()
  })
})
