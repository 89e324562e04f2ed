import { expect, test } from 'vitest'
import { WrongCodes } from '../../../../main/datasets/mirror/wrongCodes.ts'

test('who tries many wrong codes waits a minute; others do not', () => {
  let now = 0
  const wrong = new WrongCodes(() => now)
  for (let tried = 0; tried < 19; tried++) wrong.note('192.168.1.7')
  expect(wrong.wait('192.168.1.7')).toBeNull()
  wrong.note('192.168.1.7')
  expect(wrong.wait('192.168.1.7')).toBe(60)
  expect(wrong.wait('192.168.1.8')).toBeNull()
  now = 59_500
  expect(wrong.wait('192.168.1.7')).toBe(1)
  now = 60_000
  expect(wrong.wait('192.168.1.7')).toBeNull()
  wrong.note('192.168.1.7')
  expect(wrong.wait('192.168.1.7')).toBeNull()
})

test('wrong codes of another minute do not count', () => {
  let now = 0
  const wrong = new WrongCodes(() => now)
  for (let tried = 0; tried < 100; tried++) {
    wrong.note('192.168.1.7')
    now += 4000
  }
  expect(wrong.wait('192.168.1.7')).toBeNull()
})
