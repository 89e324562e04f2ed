import { describe, expect, it } from 'vitest'
import type { LabEvent } from '../../core/contract/windowContract.ts'
import type { ReadCurve } from '../../core/run/curve.ts'
import type { Metric } from '../../core/run/run.ts'
import { withDetail } from '../../renderer/state/curveDetail.ts'
import { GrowingCurve } from '../../renderer/state/growingCurve.ts'

function curve(step: number[], values: number[], metric: Metric = 'loss', width = 1): ReadCurve {
  return {
    run: 1,
    metric,
    width,
    step,
    seconds: step.map((one) => one / 10),
    min: values,
    max: values,
    mean: values,
    sequence: 0,
  }
}

function growing(read: ReadCurve, most = 100, from = 1, to = Infinity): GrowingCurve {
  return new GrowingCurve(read, { from, to, most })
}

function steps(first: number, loss: readonly number[]): LabEvent {
  return {
    kind: 'steps',
    sequence: 1,
    run: 1,
    first,
    loss: [...loss],
    accuracy: loss.map(() => 0.5),
    seconds: loss.map((_, index) => (first + index) / 10),
    imagesPerSecond: null,
  }
}

function evaluation(step: number, validation: { loss: number; accuracy: number } | null): LabEvent {
  return {
    kind: 'evaluated',
    sequence: 2,
    run: 1,
    evaluation: { step, loss: 1.5, accuracy: 0.4, validation },
    seconds: 3,
  }
}

describe('a growing curve', () => {
  it('grows by the steps that it has not yet', () => {
    const grown = growing(curve([1, 2], [5, 4]))
    expect(grown.hear(steps(2, [9, 3, 2]))).toBe(true)
    expect(grown.points).toMatchObject({ step: [1, 2, 3, 4], mean: [5, 4, 3, 2], seconds: [0.1, 0.2, 0.3, 0.4] })
    expect(grown.hear(steps(1, [9, 9, 9, 9]))).toBe(false)
  })

  it('leaves what it has given out as it was', () => {
    const grown = growing(curve([1, 2], [5, 4]))
    const before = grown.points
    grown.hear(steps(3, [3]))
    grown.hear(steps(4, [2]))
    expect(before.step).toEqual([1, 2])
    expect(grown.points.step).toEqual([1, 2, 3, 4])
  })

  it('takes each metric its own values', () => {
    const accuracy = growing(curve([], [], 'accuracy'))
    accuracy.hear(steps(1, [2]))
    expect(accuracy.points.mean).toEqual([0.5])
    const testLoss = growing(curve([], [], 'testLoss'))
    testLoss.hear(evaluation(10, null))
    expect(testLoss.points).toMatchObject({ step: [10], mean: [1.5], seconds: [3] })
    const testAccuracy = growing(curve([], [], 'testAccuracy'))
    testAccuracy.hear(evaluation(10, null))
    expect(testAccuracy.points.mean).toEqual([0.4])
    expect(growing(curve([], [])).hear(evaluation(10, null))).toBe(false)
    expect(testAccuracy.hear(steps(11, [2]))).toBe(false)
  })

  it('takes what an evaluation says of the validation images, and nothing where it says nothing', () => {
    const loss = growing(curve([], [], 'validationLoss'))
    loss.hear(evaluation(10, { loss: 1.6, accuracy: 0.3 }))
    expect(loss.points).toMatchObject({ step: [10], mean: [1.6], seconds: [3] })
    const accuracy = growing(curve([], [], 'validationAccuracy'))
    expect(accuracy.hear(evaluation(10, null))).toBe(false)
    accuracy.hear(evaluation(10, { loss: 1.6, accuracy: 0.3 }))
    expect(accuracy.points.mean).toEqual([0.3])
  })

  it('takes the evaluation before the first step, and each once', () => {
    const grown = growing(curve([], [], 'testAccuracy'))
    expect(grown.hear(evaluation(0, null))).toBe(true)
    expect(grown.points.step).toEqual([0])
    expect(grown.hear(evaluation(0, null))).toBe(false)
  })

  it('puts a step into the bucket that it belongs to, with minimum, maximum and mean of the bucket', () => {
    const grown = growing(curve([4, 6], [5, 4], 'loss', 4))
    grown.hear(steps(7, [1, 9, 2]))
    expect(grown.points.step).toEqual([4, 8, 9])
    expect(grown.points.min).toEqual([5, 1, 2])
    expect(grown.points.max).toEqual([5, 9, 2])
    expect(grown.points.mean).toEqual([5, (4 + 4 + 1 + 9) / 4, 2])
    expect(grown.points.seconds).toEqual([0.4, 0.8, 0.9])
  })

  it('of any length has at most so many points, exact for the steps of each', () => {
    const values = Array.from({ length: 10_000 }, (_, index) => (index * 7919) % 1000)
    const grown = growing(curve([], []), 100)
    for (let first = 1; first <= values.length; first += 37)
      grown.hear(steps(first, values.slice(first - 1, first + 36)))
    const { step, min, max, mean } = grown.points
    expect(step.length).toBeLessThanOrEqual(100)
    expect(step.length).toBeGreaterThan(50)
    expect(step.at(-1)).toBe(10_000)
    step.forEach((end, index) => {
      const covered = values.slice(index === 0 ? 0 : step[index - 1], end)
      expect(min[index]).toBe(Math.min(...covered))
      expect(max[index]).toBe(Math.max(...covered))
      expect(mean[index]).toBeCloseTo(covered.reduce((sum, value) => sum + value, 0) / covered.length, 9)
    })
  })

  it('of a stretch ends with it', () => {
    const grown = growing(curve([12, 14], [3, 3], 'loss', 2), 100, 11, 16)
    grown.hear(steps(15, [1, 2, 9, 9]))
    expect(grown.points.step).toEqual([12, 14, 16])
    expect(grown.points.mean).toEqual([3, 3, 1.5])
  })
})

describe('a stretch in detail', () => {
  it('stands in the place of its coarse points', () => {
    const whole = curve([10, 20, 30, 40], [4, 3, 2, 1])
    const detail = curve([15, 16, 17, 18, 19, 20], [3, 3, 3, 3, 3, 3])
    expect(withDetail(whole, detail).step).toEqual([10, 15, 16, 17, 18, 19, 20, 30, 40])
  })
})
