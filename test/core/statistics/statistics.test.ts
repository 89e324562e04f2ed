import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { sampleOf } from '../../../core/statistics/sample.ts'
import { studentQuantile, studentTwoSided } from '../../../core/statistics/studentT.ts'
import { welchTest } from '../../../core/statistics/welch.ts'

interface Made {
  readonly tails: readonly { t: number; freedom: number; p: number }[]
  readonly quantiles: readonly { p: number; freedom: number; value: number }[]
  readonly samples: readonly {
    name: string
    values: number[]
    mean: number
    deviation: number
    low: number
    high: number
  }[]
  readonly welch: readonly {
    one: string
    other: string
    t: number
    freedom: number
    p: number
    low: number
    high: number
  }[]
}

const made: Made = JSON.parse(readFileSync(new URL('../../data/scipy/statistics.json', import.meta.url), 'utf8'))

/** How far a number is from the expected one, relative to it. */
function off(value: number, expected: number): number {
  return value === expected ? 0 : Math.abs(value / expected - 1)
}

describe("Student's t", () => {
  test.each(made.tails)('beyond $t with $freedom degrees of freedom', ({ t, freedom, p }) => {
    expect(off(studentTwoSided(t, freedom), p)).toBeLessThan(1e-12)
    expect(studentTwoSided(-t, freedom)).toBe(studentTwoSided(t, freedom))
  })

  test.each(made.quantiles)('quantile $p with $freedom degrees of freedom', ({ p, freedom, value }) => {
    expect(off(studentQuantile(p, freedom), value)).toBeLessThan(1e-10)
  })

  test('a quantile comes back from its tail, to the last digits that a double has', () => {
    for (let freedom = 1; freedom < 1e9; freedom *= 3.7)
      for (let p = 0.4; p > 1e-290; p /= 1e7)
        expect(off(studentTwoSided(studentQuantile(p, freedom), freedom) / 2, p)).toBeLessThan(1e-11)
  })

  test('the ends are infinitely far out, the middle is zero', () => {
    expect(studentQuantile(0, 3)).toBe(-Infinity)
    expect(studentQuantile(1, 3)).toBe(Infinity)
    expect(studentQuantile(0.5, 3)).toBe(0)
    expect(studentTwoSided(Infinity, 3)).toBe(0)
  })

  test('what is outside its domain is refused', () => {
    for (const freedom of [0, 0.5, -1, NaN, Infinity]) {
      expect(() => studentTwoSided(1, freedom)).toThrow(RangeError)
      expect(() => studentQuantile(0.9, freedom)).toThrow(RangeError)
    }
    expect(() => studentTwoSided(NaN, 3)).toThrow(RangeError)
    for (const p of [-0.1, 1.1, NaN]) expect(() => studentQuantile(p, 3)).toThrow(RangeError)
  })

  test('a larger distance is never more probable', () => {
    for (const freedom of [1, 1.3, 4, 57.2, 1e5]) {
      let [before, falls] = [1, true]
      for (let t = 0; t < 60; t += 0.01) {
        const p = studentTwoSided(t, freedom)
        falls = falls && p <= before
        before = p
      }
      expect(falls).toBe(true)
    }
  })
})

describe('a sample', () => {
  test.each(made.samples)('$name: mean, deviation and interval are those of SciPy', (expected) => {
    const { count, mean, deviation, interval } = sampleOf(expected.values)
    expect(count).toBe(expected.values.length)
    expect(off(mean, expected.mean)).toBeLessThan(1e-14)
    expect(off(deviation ?? NaN, expected.deviation)).toBeLessThan(1e-12)
    expect(off(interval?.low ?? NaN, expected.low)).toBeLessThan(1e-10)
    expect(off(interval?.high ?? NaN, expected.high)).toBeLessThan(1e-10)
  })

  test('of one value has a mean, and neither deviation nor interval', () => {
    expect(sampleOf([0.7])).toEqual({ count: 1, mean: 0.7, deviation: null, interval: null })
  })

  test('equal values have no spread, however they round', () => {
    expect(sampleOf([0.1, 0.1, 0.1])).toMatchObject({ deviation: 0 })
  })

  test('without a value, or of what is no number, is refused', () => {
    expect(() => sampleOf([])).toThrow(RangeError)
    expect(() => sampleOf([0.5, NaN])).toThrow(RangeError)
  })
})

describe("Welch's test", () => {
  const values = new Map(made.samples.map((sample) => [sample.name, sample.values]))

  test.each(made.welch)('of $one and $other is that of SciPy', ({ one, other, ...expected }) => {
    // The test says how far the second is from the first, SciPy how far the first is from the second.
    const found = welchTest(values.get(other) ?? [], values.get(one) ?? [])
    if (found.kind !== 'tested') throw new Error(found.kind)
    expect(off(found.t, expected.t)).toBeLessThan(1e-9)
    expect(off(found.freedom, expected.freedom)).toBeLessThan(1e-9)
    expect(off(found.p, expected.p)).toBeLessThan(1e-8)
    expect(off(found.interval.low, expected.low)).toBeLessThan(1e-8)
    expect(off(found.interval.high, expected.high)).toBeLessThan(1e-8)
  })

  test('is not made of single values, nor where nothing scatters', () => {
    expect(welchTest([0.7], [0.71, 0.72])).toEqual({ kind: 'few' })
    expect(welchTest([0.7, 0.7], [0.8, 0.8])).toEqual({ kind: 'no-spread' })
  })
})
