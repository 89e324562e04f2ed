// Counts passed and failed tests from the reports that the test runners write.

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/**
 * A stage that is one check: tsc, svelte-check, eslint, dependency-cruiser, prettier.
 * @param {number | null} code  exit code
 * @returns {Counts}
 */
export function countsOfCheck(code) {
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }
}

/**
 * Counts a runner that failed without a failed test as one failure: a file that does not load, an error outside a test,
 * or no report.
 * @param {Counts} counts
 * @param {number | null} code
 * @returns {Counts}
 */
function neverSilent(counts, code) {
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

/**
 * The number at a path in a program's report.
 * @param {unknown} report
 * @param {...string} keys
 */
function numberAt(report, ...keys) {
  let value = report
  for (const key of keys)
    value = typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined
  return typeof value === 'number' ? value : 0
}

/**
 * @param {unknown} report  vitest's JSON report; null when it wrote none
 * @param {number | null} code
 * @returns {Counts}
 */
export function countsOfVitest(report, code) {
  return neverSilent(
    {
      passed: numberAt(report, 'numPassedTests'),
      failed: numberAt(report, 'numFailedTests'),
      skipped: numberAt(report, 'numPendingTests') + numberAt(report, 'numTodoTests'),
    },
    code,
  )
}

/**
 * @param {unknown} report  Playwright's JSON report; null when it wrote none
 * @param {number | null} code
 * @returns {Counts}
 */
export function countsOfPlaywright(report, code) {
  return neverSilent(
    {
      // A test that passed at its second try counts as passed. Playwright names it in its own output.
      passed: numberAt(report, 'stats', 'expected') + numberAt(report, 'stats', 'flaky'),
      failed: numberAt(report, 'stats', 'unexpected'),
      skipped: numberAt(report, 'stats', 'skipped'),
    },
    code,
  )
}

/**
 * @param {readonly Counts[]} all
 * @returns {Counts}
 */
export function sumOf(all) {
  return all.reduce(
    (sum, counts) => ({
      passed: sum.passed + counts.passed,
      failed: sum.failed + counts.failed,
      skipped: sum.skipped + counts.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  )
}
