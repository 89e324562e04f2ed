import { expect, test } from 'vitest'
import { Laps } from '../../../../main/engine/train/laps.ts'

test('laps count all time since the beginning, each part once', () => {
  let now = 1000
  const laps = new Laps(() => now)
  const after = (milliseconds: number): void => void (now += milliseconds)
  after(500)
  expect(laps.took('waiting')).toBe(0.5)
  after(250)
  expect(laps.took('training')).toBe(0.25)
  expect(laps.took('training')).toBe(0)
  after(1250)
  laps.took('evaluation')
  after(125)
  laps.took('training')
  expect(laps.seconds).toEqual({ training: 0.375, evaluation: 1.25, waiting: 0.5 })
})
