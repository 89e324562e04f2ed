import { expect, test } from 'vitest'
import { packedColumns, packedNumbers, unpackedColumns, unpackedNumbers } from '../../../core/numbers/packedNumbers.ts'

test('numbers come back to the last bit', () => {
  const numbers = Float64Array.of(0, -0, 0.1, 1 / 3, -1e308, 5e-324, Infinity, -Infinity, 2 ** 53)
  expect(unpackedNumbers(packedNumbers(numbers))).toEqual(numbers)
})

test('the text is base64, whatever is left of three bytes at its end', () => {
  for (const count of [0, 1, 2, 3, 5000]) {
    const numbers = Float64Array.from({ length: count }, (_, index) => Math.sin(index))
    expect(packedNumbers(numbers)).toBe(Buffer.from(numbers.buffer).toString('base64'))
  }
})

test('many columns come back, and so do none', () => {
  const columns = [0, 1, 2].map((place) => Array.from({ length: 5000 }, (_, row) => Math.sin(row + place)))
  expect(unpackedColumns(packedColumns(columns), 3)).toEqual(columns)
  expect(unpackedColumns(packedColumns([[], []]), 2)).toEqual([[], []])
})

test('what is no such text is refused', () => {
  expect(() => unpackedColumns(packedColumns([[1, 2, 3]]), 2)).toThrow('3 numbers are no 2 columns')
  expect(() => unpackedNumbers('no base64!')).toThrow()
  expect(() => unpackedNumbers('AAAA')).toThrow()
})
