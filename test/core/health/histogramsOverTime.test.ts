import { describe, expect, test } from 'vitest'
import { histogramBins } from '../../../core/health/health.ts'
import { commonRange, sharesIn } from '../../../core/health/histogramsOverTime.ts'

const flat = { low: -1, high: 1, counts: Array<number>(histogramBins).fill(5) }
const peak = { low: 0, high: 4, counts: Array.from({ length: histogramBins }, (_, bin) => (bin === 0 ? 12 : 0)) }

describe('histograms side by side', () => {
  test('have a range in which all lie', () => {
    expect(commonRange([flat, peak])).toEqual({ low: -1, high: 4 })
    expect(commonRange([])).toEqual({ low: 0, high: 1 })
  })

  test('keep their own bins in their own range', () => {
    const shares = sharesIn(flat, flat, histogramBins)
    for (const share of shares) expect(share).toBeCloseTo(1 / histogramBins, 12)
  })

  test('are spread over wider and narrower bins, and add up to 1', () => {
    const wide = sharesIn(flat, { low: -1, high: 4 }, 10)
    expect(wide.slice(0, 4)).toEqual([0.25, 0.25, 0.25, 0.25].map((share) => expect.closeTo(share, 12)))
    expect(wide.slice(4)).toEqual([0, 0, 0, 0, 0, 0])
    const narrow = sharesIn(peak, peak, 400)
    expect(narrow.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
    expect(narrow[0]).toBeCloseTo(0.1, 12)
    expect(narrow[10]).toBe(0)
  })

  test('of nothing are zeros', () => {
    expect(sharesIn({ ...flat, counts: flat.counts.map(() => 0) }, flat, 3)).toEqual([0, 0, 0])
  })
})
