import { describe, expect, test } from 'vitest'
import { checkedExpectation, type Expectation, type KeptExpectation } from '../../../core/expectations/expectation.ts'
import { expectationsCsv } from '../../../core/expectations/csv.ts'
import { fitOf } from '../../../core/expectations/fit.ts'
import { type ExpectedRun, offBy, reachedAccuracy, verdictOf } from '../../../core/expectations/judged.ts'
import { problemIn } from '../../main/history/testRun.ts'

const nothing: Expectation = { accuracy: null, versus: null, because: '' }

function kept(given: Partial<Expectation>): KeptExpectation {
  return {
    ...nothing,
    ...given,
    writtenAt: '2026-11-01T10:00:00.000Z',
    lockedAt: '2026-11-01T10:00:00.000Z',
  }
}

function expected(run: number, accuracy: number | null, reached: number | null): ExpectedRun {
  return { run, name: null, expectation: kept({ accuracy }), reached, other: null }
}

function compared(run: number, verdict: 'right' | 'wrong' | 'equal' | 'open' | 'gone'): ExpectedRun {
  const expectation = kept({ versus: { run: 1, better: 'this' } })
  return { run, name: null, expectation, reached: 0.5, other: { run: 1, name: null, reached: 0.4, verdict } }
}

describe('an expectation', () => {
  test('of which every part is empty is none; blanks around a reason are none either', () => {
    expect(checkedExpectation(nothing)).toBeNull()
    expect(checkedExpectation({ ...nothing, because: ' \n ' })).toBeNull()
    expect(checkedExpectation({ ...nothing, because: ' wider ' })).toEqual({ ...nothing, because: 'wider' })
    expect(checkedExpectation({ ...nothing, accuracy: 0 })).toEqual({ ...nothing, accuracy: 0 })
  })

  test('has a reason of at most 500 characters, each counted once', () => {
    expect(checkedExpectation({ ...nothing, because: '🦊'.repeat(500) })?.because).toHaveLength(1000)
    expect(problemIn(() => checkedExpectation({ ...nothing, because: 'x'.repeat(501) }))).toBe(
      'expectation-reason-too-long',
    )
  })

  test('is held against the last test of a run that is done, and of no other', () => {
    expect(reachedAccuracy('done', 0.584)).toBe(0.584)
    expect(reachedAccuracy('done', null)).toBeNull()
    for (const state of ['queued', 'training', 'paused', 'stopped', 'interrupted', 'failed'] as const)
      expect(reachedAccuracy(state, 0.584)).toBeNull()
    expect(offBy(0.62, 0.584)).toBeCloseTo(-0.036, 12)
    expect(offBy(null, 0.5)).toBeNull()
    expect(offBy(0.5, null)).toBeNull()
  })

  test('of the better run is right, wrong, or neither where both are equal', () => {
    expect(verdictOf('this', 0.6, 0.5)).toBe('right')
    expect(verdictOf('other', 0.6, 0.5)).toBe('wrong')
    expect(verdictOf('this', 0.5, 0.6)).toBe('wrong')
    expect(verdictOf('other', 0.5, 0.6)).toBe('right')
    expect(verdictOf('this', 0.5, 0.5)).toBe('equal')
    expect(verdictOf('this', null, 0.5)).toBe('open')
    expect(verdictOf('this', 0.5, null)).toBe('open')
  })
})

describe('how well expectations fit', () => {
  test('is the mean difference with its sign, and the mean distance without; what is open counts nowhere', () => {
    const fit = fitOf([expected(9, 0.5, 0.4), expected(4, 0.6, 0.9), expected(5, 0.7, null), expected(6, null, 0.7)])
    expect(fit.points.map(({ run }) => run)).toEqual([4, 9])
    expect(fit.meanDifference).toBeCloseTo(0.1, 12)
    expect(fit.meanDistance).toBeCloseTo(0.2, 12)
    expect([fit.decided, fit.right]).toEqual([0, 0])
  })

  test('counts the comparisons that came out, a draw for neither', () => {
    const all = [compared(2, 'right'), compared(3, 'wrong'), compared(4, 'right'), compared(5, 'equal')]
    const fit = fitOf([...all, compared(6, 'open'), compared(7, 'gone')])
    expect(fit).toEqual({ points: [], meanDifference: null, meanDistance: null, decided: 3, right: 2 })
  })

  test('is written as CSV, a row a run', () => {
    const [first, second] = [expected(1, 0.5, 0.25), compared(2, 'right')]
    expect(expectationsCsv([first, second]).split('\n')).toEqual([
      'run,name,expected,reached,off,compared with,better,came out,because,locked',
      '1,,0.5,0.25,-0.25,,,,,2026-11-01T10:00:00.000Z',
      '2,,,0.5,,1,this,right,,2026-11-01T10:00:00.000Z',
      '',
    ])
  })
})
