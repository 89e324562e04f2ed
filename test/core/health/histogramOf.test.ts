import { describe, expect, it } from 'vitest'
import { histogramBins } from '../../../core/health/health.ts'
import { histogramOf } from '../../../core/health/histogramOf.ts'
import { sharesIn } from '../../../core/health/histogramsOverTime.ts'

describe('the histogram of some values', () => {
  it('reaches from the smallest to the largest, and counts each value once, the largest in the last bin', () => {
    const values = Float32Array.from({ length: 401 }, (_, index) => index / 100 - 1)
    const { low, high, counts } = histogramOf(values)
    expect([low, high]).toEqual([-1, 3])
    expect(counts).toHaveLength(histogramBins)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(401)
    for (const count of counts) expect(Math.abs(count - 10)).toBeLessThanOrEqual(1)
    expect(counts.at(-1)).toBe(11)
  })

  it('of equal values has a width, and all of them in one bin', () => {
    for (const value of [0, 1, -3]) {
      const histogram = histogramOf(new Float32Array(7).fill(value))
      expect(histogram.high).toBeGreaterThan(histogram.low)
      expect(Math.max(...histogram.counts)).toBe(7)
      expect(sharesIn(histogram, histogram, 4).every(Number.isFinite)).toBe(true)
    }
  })
})
