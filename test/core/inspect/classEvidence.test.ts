import { describe, expect, it } from 'vitest'
import { gradCamOf, saliencyOf } from '../../../core/inspect/classEvidence.ts'

describe('saliency', () => {
  it('is the largest absolute gradient over the channels of a pixel', () => {
    expect([...saliencyOf(Float32Array.of(1, -3, 2, 0, 0, 0.5), [1, 2, 3])]).toEqual([3, 0.5])
    expect([...saliencyOf(Float32Array.of(-1, 2), [2, 1, 1])]).toEqual([1, 2])
  })
})

describe('Grad-CAM', () => {
  it('adds the maps up, each by its mean gradient, and leaves out what is below 0', () => {
    // Two maps of 1 x 2: 1, 2 and 3, 4. Their mean gradients are 2 and -1.
    const output = Float32Array.of(1, 3, 2, 4)
    const gradient = Float32Array.of(4, 0, 0, -2)
    expect([...gradCamOf(output, gradient, [1, 2, 2])]).toEqual([0, 0])
    expect([...gradCamOf(Float32Array.of(1, 3, 5, 4), gradient, [1, 2, 2])]).toEqual([0, 6])
  })

  it('keeps what is no number', () => {
    expect([...gradCamOf(Float32Array.of(NaN, 1), Float32Array.of(1, 1), [1, 2, 1])]).toEqual([NaN, 1])
  })
})
