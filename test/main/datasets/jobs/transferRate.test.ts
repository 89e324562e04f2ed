import { expect, test } from 'vitest'
import { TransferRate } from '../../../../main/datasets/jobs/transferRate.ts'

test('a rate needs a span, and follows the last four seconds', () => {
  const rate = new TransferRate()
  expect(rate.note(0, 0)).toBeNull()
  expect(rate.note(100, 500)).toBeNull()
  expect(rate.note(1000, 5000)).toBe(5000)
  for (let second = 2; second <= 10; second++) rate.note(second * 1000, second * 5000)
  for (let second = 11; second <= 20; second++) rate.note(second * 1000, 50_000 + (second - 10) * 1000)
  expect(rate.note(21_000, 61_000)).toBe(1000)
})

test('a stalled transfer comes to a rate of zero', () => {
  const rate = new TransferRate()
  rate.note(0, 0)
  rate.note(1000, 1000)
  rate.note(6000, 1000)
  expect(rate.note(11_000, 1000)).toBe(0)
})
