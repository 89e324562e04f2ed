import { describe, expect, test } from 'vitest'
import type { ErrorsList } from '../../../core/errors/erredImages.ts'
import { errorsPage, listedNumbers } from '../../../core/errors/listedImages.ts'
import { packPass, unpackPass } from '../../../core/errors/testPass.ts'
import { made, passFrom, passOf } from './madePass.ts'

const pass = passFrom(
  [0, 1, 2, 0, 1, 0],
  [
    [3, 0, 0],
    [4, 0, 0],
    [2, 0, 0],
    [1, 1, 0],
    [0, 9, 0],
    [0, 0.5, 0],
  ],
)
const numbers = (list: ErrorsList): number[] => [...listedNumbers(pass, list)]

describe('a list of test images', () => {
  test('has those of a cell, a row or a column, the most certain first', () => {
    expect(numbers({ kind: 'cell', label: 0, predicted: 0 })).toEqual([0, 3])
    expect(numbers({ kind: 'cell', label: null, predicted: 0 })).toEqual([1, 0, 2, 3])
    expect(numbers({ kind: 'cell', label: 1, predicted: null })).toEqual([4, 1])
    expect(numbers({ kind: 'cell', label: 2, predicted: 1 })).toEqual([])
    expect(numbers({ kind: 'cell', label: 7, predicted: 7 })).toEqual([])
  })

  test('has mistakes by confidence and answers by uncertainty', () => {
    expect(numbers({ kind: 'confident-mistakes' })).toEqual([1, 2, 5])
    expect(numbers({ kind: 'least-certain', by: 'margin' })).toEqual([3, 5, 2, 0, 1, 4])
    expect(numbers({ kind: 'least-certain', by: 'entropy' })).toEqual([5, 3, 2, 0, 1, 4])
  })

  test('is given in parts', () => {
    const page = errorsPage(pass, { kind: 'all' }, { from: 4, count: 10 })
    expect(page.total).toBe(6)
    expect(page.images.map(({ number }) => number)).toEqual([4, 5])
    expect(page.images[0]).toMatchObject({ label: 1, predicted: 1, suspected: null })
    expect(errorsPage(pass, { kind: 'all' }, { from: 99, count: 10 })).toEqual({ total: 6, images: [] })
  })
})

test.each(made.cases)('the pass of $name is the same after it was packed', (one) => {
  const whole = passOf(one)
  const packed = packPass(whole)
  expect(packed).toHaveLength(40 * one.labels.length)
  // Bytes of a file seldom begin where an array of float64 may.
  const moved = new Uint8Array(packed.length + 3)
  moved.set(packed, 3)
  expect(unpackPass(moved.subarray(3), one.classes)).toEqual(whole)
  expect(unpackPass(packed.subarray(1), one.classes)).toBeNull()
})
