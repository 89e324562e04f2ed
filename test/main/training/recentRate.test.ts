import { expect, test } from 'vitest'
import { RecentRate } from '../../../main/training/recentRate.ts'

test('the rate is images by training time', () => {
  const rate = new RecentRate(100, 0)
  expect(rate.add([0.1, 0.2, 0.3, 0.4])).toBeCloseTo(1000)
})

test('it begins where training continues, not at zero', () => {
  expect(new RecentRate(100, 50).add([50.5, 51])).toBeCloseTo(200)
})

test('it forgets what is longer ago than two seconds', () => {
  const rate = new RecentRate(10, 0)
  rate.add([1, 2, 3, 4])
  expect(
    rate.add([4.1, 4.2, 4.3, 4.4, 4.5, 4.6, 4.7, 4.8, 4.9, 5, 5.1, 5.2, 5.3, 5.4, 5.5, 5.6, 5.7, 5.8, 5.9, 6]),
  ).toBeCloseTo(100)
})

test('a step longer than the window is measured whole', () => {
  const rate = new RecentRate(100, 0)
  expect(rate.add([10])).toBeCloseTo(10)
  expect(rate.add([30])).toBeCloseTo(5)
})

test('without passed time there is no rate', () => {
  expect(new RecentRate(100, 3).add([])).toBeNull()
})
