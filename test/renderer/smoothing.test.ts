import { describe, expect, it } from 'vitest'
import { smoothed, smoothingFor } from '../../renderer/charts/smoothing.ts'

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1)

describe('smoothing', () => {
  it('leaves the curve as it is with no weight on the past', () => {
    expect(smoothed([1, 2, 3], [0.5, 0.1, 0.9], 0)).toEqual([0.5, 0.1, 0.9])
  })

  it('has no bias towards zero: the first value stands, and a constant stays constant', () => {
    expect(smoothed(upTo(3), [2, 4, 6], 0.9)[0]).toBeCloseTo(2, 12)
    for (const value of smoothed(
      upTo(50),
      Array.from({ length: 50 }, () => 0.3),
      0.97,
    ))
      expect(value).toBeCloseTo(0.3, 12)
  })

  it('is the weighted mean of what has been: newest weighs 1, each step before by the weight less', () => {
    const [, , third] = smoothed(upTo(3), [1, 0, 0], 0.6)
    expect(third).toBeCloseTo(0.36 / (1 + 0.6 + 0.36), 12)
  })

  it('is light for a short run, so that the line does not lag behind it', () => {
    expect([50, 300, 2500].map(smoothingFor)).toEqual([0.6, 0.9, 0.97])
  })

  it('counts a point that stands for several steps as that many equal ones', () => {
    const fine = smoothed(upTo(8), [1, 1, 1, 1, 0, 0, 0, 0], 0.9)
    const coarse = smoothed([4, 8], [1, 0], 0.9)
    expect(coarse[1]).toBeCloseTo(fine[7], 12)
  })
})
