import { describe, expect, it } from 'vitest'
import type { CurvePoints } from '../../renderer/charts/curvePoints.ts'
import { pairCurves } from '../../renderer/pages/Compare/pairCurves.ts'

const evaluations = { perStep: false, smoothing: 0.9 }
const everyStep = { perStep: true, smoothing: 0 }

/** A curve whose points are one value each. */
function curve(...points: readonly (readonly [step: number, value: number])[]): CurvePoints {
  const step = points.map(([at]) => at)
  const mean = points.map(([, value]) => value)
  return { step, seconds: step, min: mean, max: mean, mean }
}

describe('the difference of two curves', () => {
  it('is the second less the first, at the steps at which both were measured and at no other', () => {
    const first = curve([10, 0.5], [20, 0.6], [30, 0.7])
    const second = curve([0, 0.1], [10, 0.75], [30, 0.5], [40, 0.9])
    const { points, raw, coarse } = pairCurves(first, second, evaluations)
    expect(points.x).toEqual([10, 30])
    expect(points.y[0]).toBeCloseTo(0.25, 12)
    expect(points.y[1]).toBeCloseTo(-0.2, 12)
    expect({ raw, coarse }).toEqual({ raw: null, coarse: false })
  })

  it('leaves out points that summarize several evaluations, and says so', () => {
    const first = { ...curve([10, 0.5], [20, 0.6]), min: [0.5, 0.4], max: [0.5, 0.8] }
    const { points, coarse } = pairCurves(first, curve([10, 0.5], [20, 0.9]), evaluations)
    expect(points).toEqual({ x: [10], y: [0] })
    expect(coarse).toBe(true)
  })

  it('of values of every step stands only where two points are of the same steps', () => {
    const fine = curve([1, 1], [2, 2], [3, 3], [4, 4])
    expect(pairCurves(fine, curve([1, 2], [2, 4], [3, 6]), everyStep).points).toEqual({ x: [1, 2, 3], y: [1, 2, 3] })
    const pairs = pairCurves(fine, curve([2, 3], [4, 7]), everyStep)
    expect(pairs.points.x).toEqual([])
    expect(pairs.coarse).toBe(true)
  })

  it('keeps the unsmoothed difference beside the smoothed one', () => {
    const { points, raw } = pairCurves(curve([1, 0], [2, 0], [3, 0]), curve([1, 1], [2, 3], [3, 5]), {
      perStep: true,
      smoothing: 0.6,
    })
    expect(raw).toEqual({ x: [1, 2, 3], y: [1, 3, 5] })
    expect(points.x).toEqual([1, 2, 3])
    expect(points.y[2]).toBeGreaterThan(3)
    expect(points.y[2]).toBeLessThan(5)
  })

  it('is nothing where a value is not finite, or where one run has none', () => {
    expect(pairCurves(curve([1, NaN], [2, 1]), curve([1, 1], [2, 1]), everyStep).points).toEqual({ x: [2], y: [0] })
    expect(pairCurves(curve([10, 1]), curve(), evaluations)).toMatchObject({ points: { x: [], y: [] }, coarse: false })
  })
})
