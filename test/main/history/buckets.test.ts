import { describe, expect, test } from 'vitest'
import { bucketWidth, bucketsTouched, sectionsOf } from '../../../main/history/buckets.ts'

const ranges: [from: number, to: number][] = [
  [1, 1],
  [1, 63],
  [1, 64],
  [1, 65],
  [64, 65],
  [65, 128],
  [2, 127],
  [1, 4096],
  [4096, 4097],
  [4097, 8192],
  [63, 8193],
  [5000, 5001],
  [1, 100_000],
  [77_777, 9_999_999],
]

describe('the buckets of a curve', () => {
  test.each(ranges)('steps %i to %i never make more points than asked for, and not needlessly few', (from, to) => {
    for (const points of [1, 2, 3, 10, 100, 1999, 10_000]) {
      const width = bucketWidth(from, to, points)
      const made = bucketsTouched(from, to, width)
      expect(made).toBeLessThanOrEqual(points)
      if (to - from + 1 <= points) expect(made).toBe(to - from + 1)
      else expect(made).toBeGreaterThanOrEqual(Math.floor(points / 3))
    }
  })

  test.each(ranges)(
    'the parts of steps %i to %i cover them once, in order, and no bucket cuts a summary',
    (from, to) => {
      for (const width of [1, 7, 64, 192, 4096, 8192]) {
        let next = from
        for (const part of sectionsOf(from, to, width)) {
          expect(part.from).toBe(next)
          expect((part.from - 1) % part.size).toBe(0)
          expect((part.to - part.from + 1) % part.size).toBe(0)
          expect(width % part.size).toBe(0)
          next = part.to + 1
        }
        expect(next).toBe(to + 1)
      }
    },
  )

  test('ten million steps are read from few rows', () => {
    const rows = sectionsOf(3, 9_999_990, bucketWidth(3, 9_999_990, 2000)).reduce(
      (sum, part) => sum + (part.to - part.from + 1) / part.size,
      0,
    )
    expect(rows).toBeLessThan(3000)
  })

  test('a curve of 28,000 steps is read from summaries', () => {
    expect(bucketWidth(1, 28_000, 1000)).toBe(64)
  })
})
