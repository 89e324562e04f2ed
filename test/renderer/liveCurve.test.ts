import { describe, expect, it } from 'vitest'
import type { Curve } from '../../core/run/run.ts'
import type { LabEvent } from '../../core/contract/windowContract.ts'
import { isCoarse, withDetail, withEvent, withMissed } from '../../renderer/state/liveCurve.ts'

function curve(step: number[], values: number[], sequence = 0): Curve {
  return {
    run: 1,
    metric: 'loss',
    step,
    seconds: step.map((one) => one / 10),
    min: values,
    max: values,
    mean: values,
    sequence,
  }
}

function steps(sequence: number, first: number, loss: number[]): LabEvent {
  return {
    kind: 'steps',
    sequence,
    run: 1,
    first,
    loss,
    accuracy: loss.map(() => 0.5),
    seconds: loss.map((_, index) => (first + index) / 10),
    imagesPerSecond: null,
  }
}

describe('a live curve', () => {
  it('grows by the steps that it has not yet', () => {
    const grown = withEvent(curve([1, 2], [5, 4]), 'loss', steps(1, 2, [9, 3, 2]))
    expect(grown).toMatchObject({ step: [1, 2, 3, 4], mean: [5, 4, 3, 2], seconds: [0.1, 0.2, 0.3, 0.4] })
  })

  it('takes each metric its own values', () => {
    const empty = curve([], [])
    expect(withEvent(empty, 'accuracy', steps(1, 1, [2])).mean).toEqual([0.5])
    const evaluated: LabEvent = {
      kind: 'evaluated',
      sequence: 2,
      run: 1,
      evaluation: { step: 10, loss: 1.5, accuracy: 0.4, validation: null },
      seconds: 3,
    }
    expect(withEvent(empty, 'testLoss', evaluated)).toMatchObject({ step: [10], mean: [1.5], seconds: [3] })
    expect(withEvent(empty, 'testAccuracy', evaluated).mean).toEqual([0.4])
    expect(withEvent(empty, 'loss', evaluated)).toBe(empty)
  })

  it('takes what an evaluation says of the validation images, and nothing where it says nothing', () => {
    const evaluated: LabEvent = {
      kind: 'evaluated',
      sequence: 2,
      run: 1,
      evaluation: { step: 10, loss: 1.5, accuracy: 0.4, validation: { loss: 1.6, accuracy: 0.3 } },
      seconds: 3,
    }
    const empty = curve([], [])
    expect(withEvent(empty, 'validationLoss', evaluated)).toMatchObject({ step: [10], mean: [1.6], seconds: [3] })
    expect(withEvent(empty, 'validationAccuracy', evaluated).mean).toEqual([0.3])
    expect(
      withEvent(empty, 'validationAccuracy', {
        ...evaluated,
        evaluation: { ...evaluated.evaluation, validation: null },
      }),
    ).toBe(empty)
  })

  it('takes the evaluation before the first step, and each once', () => {
    const first: LabEvent = {
      kind: 'evaluated',
      sequence: 1,
      run: 1,
      evaluation: { step: 0, loss: 2.3, accuracy: 0.1, validation: null },
      seconds: 0,
    }
    const grown = withEvent(curve([], []), 'testAccuracy', first)
    expect(grown.step).toEqual([0])
    expect(withEvent(grown, 'testAccuracy', first)).toBe(grown)
  })

  it('adds what was missed during its reading, without what the reading contains', () => {
    const read = curve([1, 2, 3], [5, 4, 3], 7)
    expect(withMissed(read, [steps(6, 2, [4, 3]), steps(7, 3, [3]), steps(8, 4, [2, 1])])).toMatchObject({
      step: [1, 2, 3, 4, 5],
      mean: [5, 4, 3, 2, 1],
    })
  })

  it('shows a stretch finely in the place of its coarse points', () => {
    const whole = curve([10, 20, 30, 40], [4, 3, 2, 1])
    const detail = curve([15, 16, 17, 18, 19, 20], [3, 3, 3, 3, 3, 3])
    expect(withDetail(whole, detail).step).toEqual([10, 15, 16, 17, 18, 19, 20, 30, 40])
    expect(isCoarse(whole)).toBe(true)
    expect(isCoarse(curve([1, 2, 3], [1, 2, 3]))).toBe(false)
  })
})
