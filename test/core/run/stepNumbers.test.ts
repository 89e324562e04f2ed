import { expect, test } from 'vitest'
import { nextStepOf, stepOfTurn } from '../../../core/run/stepNumbers.ts'

test('a run goes on after its last step while it trains, and after its newest checkpoint at rest', () => {
  expect(nextStepOf({ state: 'training', step: 812, checkpointStep: 500 })).toBe(813)
  expect(nextStepOf({ state: 'interrupted', step: 812, checkpointStep: 500 })).toBe(501)
  expect(nextStepOf({ state: 'queued', step: 0, checkpointStep: null })).toBe(1)
  expect(nextStepOf({ state: 'done', step: 10_000_000, checkpointStep: 10_000_000 })).toBe(10_000_000)
})

test('turns fill the steps through all epochs', () => {
  const step = (epoch: number, position: number) => stepOfTurn({ epoch, position }, 117, 20)
  expect([step(0, 0), step(0, 19), step(0, 20), step(0, 116), step(1, 0), step(1, 2), step(1, 3)]).toEqual([
    1, 1, 2, 6, 6, 6, 7,
  ])
})
