import { expect, test } from 'vitest'
import { canonicalJson } from '../../../core/numbers/canonicalJson.ts'

test('keys are sorted at every depth, lists keep their order, and there is no white space', () => {
  expect(canonicalJson({ b: [{ z: 1, a: null }, 'x'], a: true, B: false })).toBe(
    '{"B":false,"a":true,"b":[{"a":null,"z":1},"x"]}',
  )
})

test('equal values have equal text, however they were written', () => {
  const one = { data: { dataset: 'mnist', sha256: 'ab' }, batch: 100, schedule: { learningRate: 0.0001 } }
  const other = JSON.parse(
    '{ "schedule": {"learningRate": 1e-4}, "batch": 1.0e2, "data": {"sha256":"ab", "dataset":"mnist"} }',
  )
  expect(canonicalJson(other)).toBe(canonicalJson(one))
})

test('it is JSON: what is read back is what was written', () => {
  const value = { text: 'a "quoted" line\n and ёлка', empty: {}, none: [], small: 1e-8, large: 1e21, minus: -0.5 }
  expect(JSON.parse(canonicalJson(value))).toEqual(value)
})

test('keys are sorted by code units, as RFC 8785 says', () => {
  expect(canonicalJson({ '\u20ac': 1, '\r': 2, '1': 3, '\u00f6': 4, '\ud83d\ude00': 5, '\ufb33': 6 })).toBe(
    '{"\\r":2,"1":3,"\u00f6":4,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":6}',
  )
})

test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('%d is refused, also inside', (value) => {
  expect(() => canonicalJson({ list: [value] })).toThrow(RangeError)
})
