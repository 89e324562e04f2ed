import { describe, expect, it } from 'vitest'
import { countsOfCheck, countsOfPlaywright, countsOfVitest, sumOf } from '../../setup/testCounts.mjs'

describe('the counts of npm test', () => {
  it('are those of the reports', () => {
    expect(countsOfVitest({ numPassedTests: 7, numFailedTests: 2, numPendingTests: 1, numTodoTests: 1 }, 1)).toEqual({
      passed: 7,
      failed: 2,
      skipped: 2,
    })
    expect(countsOfPlaywright({ stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 2 } }, 1)).toEqual({
      passed: 4,
      failed: 1,
      skipped: 2,
    })
  })

  it('count a static check as one test', () => {
    expect(
      [countsOfCheck(0), countsOfCheck(2), countsOfCheck(null)].map(({ passed, failed }) => [passed, failed]),
    ).toEqual([
      [1, 0],
      [0, 1],
      [0, 1],
    ])
  })

  it.each([
    ['wrote no report', null, 1],
    ['was killed', null, null],
    ['had an error outside of a test', { numPassedTests: 5, numFailedTests: 0 }, 1],
  ])('never hide a runner that %s', (_, report, code) => {
    expect(countsOfVitest(report, code).failed).toBe(1)
    expect(countsOfPlaywright(report, code).failed).toBe(1)
  })

  it('are added up', () => {
    expect(
      sumOf([
        { passed: 1, failed: 0, skipped: 2 },
        { passed: 3, failed: 1, skipped: 0 },
      ]),
    ).toEqual({ passed: 4, failed: 1, skipped: 2 })
  })
})
