import { describe, expect, test } from 'vitest'
import { RandomNumbers } from '../../../core/numbers/random.ts'
import { rankCorrelation } from '../../../core/sweep/rankCorrelation.ts'
import { oneWay, settingEffects, type MeasuredPoint } from '../../../core/sweep/settingEffects.ts'
import { valueGroups } from '../../../core/sweep/valueGroups.ts'
import scipy from '../../data/scipy/effects.json' with { type: 'json' }

describe('beside SciPy', () => {
  test('the analysis of variance has its F and epsilon squared', () => {
    for (const { groups, f, share } of scipy.analyses) {
      const analysis = oneWay(groups)
      expect((analysis?.f ?? NaN) / f).toBeCloseTo(1, 9)
      expect(analysis?.share).toBeCloseTo(share, 10)
    }
  })

  test('the share of shuffles comes to that of its permutation test', () => {
    for (const { groups, p } of scipy.analyses) {
      const points = groups.flatMap((group, value) => group.map((result) => ({ values: [`${value}`], result })))
      const known = settingEffects(['setting'], points)
      if (known.kind !== 'known') throw new Error('too few')
      // Two standard errors of a share of 999 shuffles.
      expect(Math.abs(known.effects[0].p - p)).toBeLessThan(2 * Math.sqrt((p * (1 - p)) / 999) + 0.002)
    }
  })

  test('the rank correlation is its own, equal values included', () => {
    for (const { one, other, correlation } of scipy.correlations)
      expect(rankCorrelation(one, other)).toBeCloseTo(correlation, 12)
    expect(rankCorrelation([1, 1, 1], [1, 2, 3])).toBeNull()
  })
})

/** Points of three settings, the last of which does nothing. */
function points(count: number, result: (a: number, b: number, noise: number) => number): MeasuredPoint[] {
  const numbers = new RandomNumbers(5)
  return Array.from({ length: count }, (_, point) => {
    const [a, b, c] = [0, 1, 2].map((setting) => numbers.uniform('sweep', setting, point))
    return { values: [a, b, c], result: result(a, b, numbers.uniform('sweep', 3, point) - 0.5) }
  })
}

describe('a known function', () => {
  test('of one setting, even one with its best in the middle, gives that setting all of it', () => {
    for (const shape of [(a: number) => a, (a: number) => -((a - 0.5) ** 2)]) {
      const known = settingEffects(['a', 'b', 'c'], points(200, shape))
      if (known.kind !== 'known') throw new Error('too few')
      const [first, ...others] = known.effects
      expect(first.setting).toBe('a')
      expect(first.share).toBeGreaterThan(0.7)
      expect(first.p).toBe(0.001)
      for (const other of others) {
        expect(other.share).toBeLessThan(0.1)
        expect(other.interval[0]).toBe(0)
      }
    }
  })

  test('of two settings divides it as their variances do', () => {
    // The variances of a and 2 b are as 1 to 4.
    const known = settingEffects(
      ['a', 'b', 'c'],
      points(400, (a, b, noise) => a + 2 * b + 0.01 * noise),
    )
    if (known.kind !== 'known') throw new Error('too few')
    expect(known.effects.map(({ setting }) => setting)).toEqual(['b', 'a', 'c'])
    const [b, a] = known.effects
    expect(b.share / a.share).toBeGreaterThan(2.5)
    expect(b.share / a.share).toBeLessThan(6)
    expect(b.correlation).toBeGreaterThan(0.8)
    expect(b.interval[0]).toBeLessThan(b.share)
    expect(b.interval[1]).toBeGreaterThan(b.share)
  })

  test('without any effect seldom looks like one', () => {
    const known = settingEffects(
      ['a', 'b', 'c'],
      points(100, (_a, _b, noise) => noise),
    )
    if (known.kind !== 'known') throw new Error('too few')
    for (const { share, interval } of known.effects) {
      expect(share).toBeLessThan(0.15)
      expect(interval[0]).toBe(0)
    }
  })
})

test('too few points, and equal results, say nothing, and few say that they are', () => {
  expect(
    settingEffects(
      ['a', 'b', 'c'],
      points(5, (a) => a),
    ),
  ).toEqual({ kind: 'too-few', points: 5, needed: 6 })
  expect(
    settingEffects(
      ['a', 'b', 'c'],
      points(9, () => 0.5),
    ),
  ).toEqual({ kind: 'equal', points: 9 })
  expect(
    settingEffects(
      ['a', 'b', 'c'],
      points(9, (a) => a),
    ),
  ).toMatchObject({ kind: 'known', few: true })
  expect(
    settingEffects(
      ['a', 'b', 'c'],
      points(30, (a) => a),
    ),
  ).toMatchObject({ kind: 'known', few: false })
})

describe('values are grouped', () => {
  test('one by one where there are few', () => {
    expect(valueGroups([0.1, 0.01, 0.1])).toEqual([
      { value: 0.01, range: null, points: [1] },
      { value: 0.1, range: null, points: [0, 2] },
    ])
    expect(valueGroups(['sgd', 'adam', 'sgd']).map(({ value }) => value)).toEqual(['sgd', 'adam'])
  })

  test('by ranges of about equal size where there are many, equal numbers never apart', () => {
    const groups = valueGroups([8, 1, 7, 2, 6, 3, 5, 4, 4, 4])
    expect(groups.map(({ range }) => range)).toEqual([
      [1, 4],
      [5, 8],
    ])
    expect(groups.map(({ points: { length } }) => length)).toEqual([6, 4])
  })
})
