// What came out of each file of tests in Wine: a line for each, so that what was found outlives an interruption.
import { appendFileSync, existsSync, readFileSync } from 'node:fs'

/**
 * @typedef {object} TestFile
 * @property {string} file  its path in the clone, with slashes
 * @property {string} project  the project of vitest's configuration
 *
 * @typedef {object} Outcome
 * @property {number} passed  tests
 * @property {{ test: string, error: string }[]} failed  tests; the file itself, where it did not load or did not end
 * @property {{ test: string, why: string }[]} skipped  tests, each with its reason, as far as it has one
 *
 * @typedef {TestFile & Outcome} FileResult
 */

/** @param {TestFile} test */
export function nameOf({ project, file }) {
  return `${project} ${file}`
}

/**
 * @param {string} list  the file with the results
 * @param {FileResult} result
 */
export function addResult(list, result) {
  appendFileSync(list, `${JSON.stringify(result)}\n`)
}

/**
 * The results in the order in which they were found. Of several for one file only the last counts.
 * @param {string} list
 * @returns {FileResult[]}
 */
export function resultsIn(list) {
  if (!existsSync(list)) return []
  // A line that was being written when the computer stopped has no end.
  const lines = readFileSync(list, 'utf8').split('\n').slice(0, -1)
  const results = lines.map((line) => {
    /** @type {FileResult} */
    const result = JSON.parse(line)
    return result
  })
  return [...new Map(results.map((result) => [nameOf(result), result])).values()]
}
