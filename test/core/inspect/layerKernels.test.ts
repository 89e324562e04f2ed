import { describe, expect, test } from 'vitest'
import { histogramOf, kernelsIn, kernelsMoved, largestOf } from '../../../core/inspect/layerKernels.ts'

describe('a histogram of weights', () => {
  test('has every weight in one bin, and zero in the middle of one', () => {
    const values = Float32Array.of(-1, 1, 0, 1e-9, -1e-9, 0.023, -0.023, 0.03, -0.03)
    const counts = histogramOf(values, largestOf(values))
    expect(counts).toHaveLength(41)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(values.length)
    expect([counts[0], counts[40]]).toEqual([1, 1])
    // The middle bin ends at 1 / 41, about 0.0244.
    expect(counts.slice(19, 22)).toEqual([1, 5, 1])
  })

  test.each([0.1, 1 / 3, 7e-5, 123.456])('with the largest weight %d has both ends', (largest) => {
    const values = Float32Array.of(largest, -largest)
    const counts = histogramOf(values, largestOf(values))
    expect([counts[0], counts[40]]).toEqual([1, 1])
  })

  test('of zeros has all of them in the middle', () => {
    expect(histogramOf(new Float32Array(5), 0)[20]).toBe(5)
  })
})

test('a kernel has moved by its distance from the first one, relative to that', () => {
  // Two kernels of three weights, the kernel changing fastest.
  const before = Float32Array.of(3, 0, 4, 0, 0, 0)
  const now = Float32Array.of(3, 1, 4, 0, 5, 0)
  expect(kernelsMoved(now, before, 2)).toEqual([1, null])
  expect(kernelsMoved(before, before, 2)).toEqual([0, null])
})

test('there is a kernel for each map or unit that comes out', () => {
  expect(kernelsIn([5, 5, 3, 64], false)).toBe(64)
  expect(kernelsIn([3, 3, 8, 2], true)).toBe(16)
  expect(kernelsIn([128, 10], false)).toBe(10)
})
