import { expect, test } from 'vitest'
import { isWalked, nextToWalk, type WalkFacts, WalkStep } from '../../../core/start/walk.ts'

const nothing: WalkFacts = { readySets: 0, begunRuns: 0, endedRuns: 0, walked: [] }

test('a new home begins with the data, and having gone on changes no fact', () => {
  expect(nextToWalk(nothing)).toBe('data')
  const passedOver = { ...nothing, walked: [...WalkStep.options] }
  expect(WalkStep.options.filter((step) => isWalked(step, passedOver))).toEqual(['images', 'network'])
  expect(nextToWalk(passedOver)).toBe('data')
})

test('a set and a run mark their steps by themselves, wherever they were made', () => {
  const trained: WalkFacts = { ...nothing, readySets: 1, begunRuns: 1, endedRuns: 1 }
  expect(WalkStep.options.filter((step) => isWalked(step, trained))).toEqual(['data', 'train'])
  expect(nextToWalk(trained)).toBe('images')
})

test('comparing takes two runs that have ended', () => {
  const walked = [...WalkStep.options]
  expect(nextToWalk({ readySets: 1, begunRuns: 2, endedRuns: 1, walked })).toBe('compare')
  expect(nextToWalk({ readySets: 1, begunRuns: 2, endedRuns: 2, walked })).toBeNull()
})
