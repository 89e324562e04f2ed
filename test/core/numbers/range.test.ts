import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { inPercent, isWithin, limitsOf, percentOf, rangeText } from '../../../core/numbers/range.ts'

describe('the limits of a setting', () => {
  test.each([
    ['whole numbers', z.int().min(1).max(10_000), { min: 1, max: 10_000, whole: true, includesMin: true }],
    [
      'above its smallest number',
      z.number().positive().max(100),
      { min: 0, max: 100, whole: false, includesMin: false },
    ],
    ['the stricter of two', z.number().min(0).lt(1).max(0.9), { min: 0, max: 0.9, whole: false, includesMin: true }],
    [
      'one that may be null',
      z.int().min(24).max(128).nullable(),
      { min: 24, max: 128, whole: true, includesMin: true },
    ],
    ['one that may be left out', z.int().min(0).max(5).optional(), { min: 0, max: 5, whole: true, includesMin: true }],
  ])('are those of its schema: %s', (_name, schema, range) => {
    expect(limitsOf(schema)).toEqual(range)
  })

  test('are both stated, and the largest number is one of them', () => {
    for (const schema of [z.number(), z.number().min(0), z.number().max(1), z.number().min(0).lt(1)])
      expect(() => limitsOf(schema)).toThrow(RangeError)
  })

  test.each([z.int().min(1).max(9), z.number().positive().max(100), z.number().min(0).max(0.5)])(
    'admit what the schema admits',
    (schema) => {
      const range = limitsOf(schema)
      const { min, max } = range
      for (const value of [min - 1, min, min + 0.25, min + 1, max - 1, max, max + 0.25, Number.NaN, Infinity])
        expect(isWithin(range, value), String(value)).toBe(schema.safeParse(value).success)
    },
  )

  test('are said in a few signs', () => {
    expect(rangeText(limitsOf(z.int().min(0).max(0xffff_ffff)))).toBe('0…4294967295')
    expect(rangeText(limitsOf(z.number().positive().max(1e6)))).toBe('> 0, ≤ 1000000')
    expect(rangeText(inPercent(limitsOf(z.number().min(0).max(0.5))))).toBe('0…50')
  })
})

test('a share in percent has the digits that a person entered, and more only where they would change it', () => {
  expect([0.07, 0.29, 0.585, 1].map(percentOf)).toEqual([7, 29, 58.5, 100])
  for (const share of [2 / 7, Math.PI / 4]) expect(percentOf(share) / 100).toBe(share)
})
