import { expect, test } from 'vitest'
import { readClassCode } from '../../../core/mirror/classCode.ts'

test.each([
  ['K7M4QX', 'K7M4QX'],
  [' k7m 4qx ', 'K7M4QX'],
  ['k7m-4qx', 'K7M4QX'],
  // From a Russian keyboard: every letter that looks like a Latin one.
  ['АВЕКМН', 'ABEKMH'],
  ['рстух2', 'PCTYX2'],
])('%s is read as %s', (typed, code) => {
  expect(readClassCode(typed)).toBe(code)
})

test.each(['', 'K7M4Q', 'K7M4QXX', 'K7M4Q0', 'K7M4QI', 'K7M4Qж', 'favicon.ico', '../../'])('%s is no code', (typed) => {
  expect(readClassCode(typed)).toBeNull()
})
