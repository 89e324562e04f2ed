import { expect, test } from 'vitest'
import { erf, erfc } from '../../../core/numbers/erf.ts'

// Abramowitz & Stegun 1964, table 7.1, and the last from a series in higher precision.
test.each([
  [0, 0],
  [0.1, 0.112462916],
  [0.5, 0.5204998778],
  [1, 0.8427007929],
  [1.5, 0.9661051465],
  [2, 0.995322265],
  [3, 0.9999779095],
])('erf(%d) is %d', (x, expected) => {
  expect(erf(x)).toBeCloseTo(expected, 9)
  expect(erf(-x)).toBe(-erf(x))
})

test('far out it is 1, and never above', () => {
  expect(erf(7)).toBe(1)
  expect(erf(Infinity)).toBe(1)
  for (let x = 4; x < 6.5; x += 0.01) expect(erf(x)).toBeCloseTo(1, 7)
})

// scipy.special.erfc.
test.each([
  [0, 1],
  [0.5, 0.4795001221869535],
  [1, 0.15729920705028513],
  [2, 0.004677734981047266],
  [5, 1.5374597944280347e-12],
  [12, 1.3562611692059042e-64],
])('erfc(%d) keeps its digits', (x, expected) => {
  expect(Math.abs(erfc(x) / expected - 1)).toBeLessThan(1e-12)
})
