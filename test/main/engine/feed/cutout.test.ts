import { expect, it } from 'vitest'
import { cutOut } from '../../../../main/engine/feed/cutout.ts'

/** A grey image of 4 x 5 ones between two ones, after the cut, as text. */
function cut(side: number, y: number, x: number): string {
  const data = new Float32Array(22).fill(1)
  cutOut(data, 1, { height: 4, width: 5 }, 1, side, { y, x })
  expect([data[0], data[21]]).toEqual([1, 1])
  return [0, 1, 2, 3].map((row) => data.subarray(1 + row * 5, 6 + row * 5).join('')).join(' ')
}

it('a square of odd side lies around its middle, of even side more above and to the left', () => {
  expect(cut(1, 2, 3)).toBe('11111 11111 11101 11111')
  expect(cut(3, 2, 3)).toBe('11111 11000 11000 11000')
  expect(cut(2, 2, 3)).toBe('11111 11001 11001 11111')
})

it('a square that sticks out is cut off at the edges', () => {
  expect(cut(3, 0, 0)).toBe('00111 00111 11111 11111')
  expect(cut(4, 3, 4)).toBe('11111 11000 11000 11000')
  expect(cut(40, 1, 1)).toBe('00000 00000 00000 00000')
})

it('all channels of a pixel are cut out', () => {
  const data = new Float32Array(12).fill(1)
  cutOut(data, 0, { height: 2, width: 2 }, 3, 1, { y: 1, x: 0 })
  expect(data.join('')).toBe('111111000111')
})
