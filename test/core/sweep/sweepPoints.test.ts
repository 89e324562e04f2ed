import { describe, expect, test } from 'vitest'
import { issuePhrase } from '../../../core/words/issuePhrase.ts'
import { phraseText } from '../../../core/words/phrases.ts'
import { SweepPlan } from '../../../core/sweep/sweepPlan.ts'
import { gridValues, pointCount, pointValues, runCount, seedOfTrial } from '../../../core/sweep/sweepPoints.ts'
import { requestOfTrial } from '../../../core/sweep/trialRequest.ts'
import { listed, samplePlan } from './samplePlan.ts'

function pointsOf(plan: SweepPlan): unknown[] {
  return Array.from({ length: pointCount(plan) }, (_, point) => [...pointValues(plan, point).values()])
}

describe('a grid', () => {
  test('has each combination once, the last setting changing fastest', () => {
    const plan = samplePlan()
    expect(pointsOf(plan)).toEqual([
      [1e-4, 10],
      [1e-4, 20],
      [1e-4, 50],
      [1e-3, 10],
      [1e-3, 20],
      [1e-3, 50],
    ])
  })

  test('takes so many of a range, both ends included, whole ones once each', () => {
    const range = { kind: 'range', scale: 'log', from: 1e-4, to: 0.1, whole: false, count: 4 } as const
    expect(gridValues({ setting: 'rate', values: range })).toEqual([1e-4, 1e-3, 1e-2, 0.1])
    expect(gridValues({ setting: 'batch', values: { ...range, from: 1, to: 4, whole: true, count: 10 } })).toEqual([
      1, 2, 3, 4,
    ])
  })

  test('of 10^8 points is counted and looked into without being written out', () => {
    const axes = ['rate', 'momentum', 'weight-decay', 'clip-norm'].map((setting) => ({
      setting,
      values: { kind: 'range', scale: 'linear', from: 0.1, to: 0.2, whole: false, count: 100 } as const,
    }))
    const plan = samplePlan({ axes })
    expect(pointCount(plan)).toBe(100_000_000)
    expect([...pointValues(plan, 99_999_999).values()]).toEqual([0.2, 0.2, 0.2, 0.2])
  })
})

describe('random points', () => {
  const plan = samplePlan({
    axes: [
      { setting: 'rate', values: { kind: 'range', scale: 'log', from: 1e-4, to: 0.1, whole: false, count: null } },
      listed('optimizer', 'adam', 'sgd'),
    ],
    points: { kind: 'random', count: 2000 },
  })

  test('follow from the seed and their number alone, and lie where they should', () => {
    const rates = Array.from({ length: 2000 }, (_, point) => Number(pointValues(plan, point).get('rate')))
    expect(pointValues(plan, 1234)).toEqual(pointValues({ ...plan, points: { kind: 'random', count: 5000 } }, 1234))
    expect(pointValues(plan, 7)).not.toEqual(pointValues({ ...plan, seed: 2 }, 7))
    expect(rates.every((rate) => rate >= 1e-4 && rate <= 0.1)).toBe(true)
    // Evenly by their logarithm: a third lies in each power of ten.
    for (const power of [1e-4, 1e-3, 1e-2]) {
      const share = rates.filter((rate) => rate >= power && rate < power * 10).length / rates.length
      expect(share).toBeGreaterThan(0.29)
      expect(share).toBeLessThan(0.38)
    }
    const sgd = Array.from({ length: 2000 }, (_, point) => pointValues(plan, point).get('optimizer'))
    expect(sgd.filter((kind) => kind === 'sgd').length).toBeGreaterThan(900)
  })

  test('can be typed again: no value has more than four digits', () => {
    for (let point = 0; point < 100; point += 1) {
      const rate = Number(pointValues(plan, point).get('rate'))
      expect(Number(rate.toPrecision(4))).toBe(rate)
    }
  })
})

test('the runs of a point follow each other with seeds from that of the base on', () => {
  const plan = samplePlan({ seeds: 3 })
  expect(runCount(plan)).toBe(18)
  expect([0, 1, 2, 3].map((trial) => seedOfTrial(plan, trial))).toEqual([1, 2, 3, 1])
  expect(runCount({ ...plan, budget: { minutes: null, runs: 5 } })).toBe(5)
})

test('a plan without settings has one point, repeated with several seeds', () => {
  const plan = samplePlan({ axes: [], seeds: 3 })
  expect([pointCount(plan), runCount(plan), pointValues(plan, 0).size]).toEqual([1, 3, 0])
  expect([0, 1, 2].map((trial) => requestOfTrial(plan, trial))).toEqual(
    [1, 2, 3].map((seed) => ({ ...plan.base, config: { ...plan.base.config, seed } })),
  )
})

describe('a plan is refused', () => {
  const said = (change: object): string | undefined => {
    const issue = SweepPlan.safeParse({ ...samplePlan(), ...change }).error?.issues.at(0)
    return issue === undefined ? undefined : phraseText(issuePhrase(issue), 'en')
  }

  test('where it cannot be meant', () => {
    const range = { kind: 'range', scale: 'log', from: 1e-4, to: 0.1, whole: false, count: null }
    expect(said({ axes: [listed('rate', 1, 2), listed('rate', 3)] })).toMatch(/a setting twice/)
    expect(said({ axes: [{ setting: 'rate', values: { kind: 'list', list: [1, 1] } }] })).toBeDefined()
    expect(said({ axes: [{ setting: 'rate', values: range }] })).toMatch(/how many of it/)
    expect(said({ axes: [{ setting: 'rate', values: { ...range, from: 0, count: 3 } }] })).toBeDefined()
    expect(said({ axes: [] })).toMatch(/changes no setting/)
    expect(said({ axes: [], seeds: 2, points: { kind: 'random', count: 2 } })).toMatch(/changes no setting/)
    expect(said({ axes: [], seeds: 2, halving: { firstSteps: 100, factor: 3 } })).toMatch(/changes no setting/)
    expect(said({ halving: { firstSteps: 900, factor: 3 } })).toMatch(/fewer steps/)
    expect(said({ halving: { firstSteps: 100, factor: 3 }, axes: [listed('steps', 100, 200)] })).toMatch(/steps/)
  })
})
