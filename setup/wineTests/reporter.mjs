// A reporter of vitest. It adds a result when a file of tests has ended.
import path from 'node:path'
import { addResult } from './results.mjs'

/** Variable of the environment: the file with the results. */
export const resultsVariable = 'CONV_LAB_WINE_RESULTS'

/**
 * @param {readonly import('vitest/node').SerializedError[] | undefined} errors
 */
function textOf(errors = []) {
  return errors.map(({ message, stack, diff }) => [message, diff, stack].filter(Boolean).join('\n')).join('\n')
}

/**
 * What came out of a file of tests.
 * @param {import('vitest/node').TestModule} module
 * @returns {import('./results.mjs').FileResult}
 */
function resultOf(module) {
  const tests = [...module.children.allTests()].map((test) => ({ test: test.fullName, result: test.result() }))
  const file = path.relative(process.cwd(), module.moduleId).replaceAll(path.sep, '/')
  const suites = [...module.children.allSuites()]
  const outside = [...module.errors(), ...suites.flatMap((suite) => suite.errors())]
  return {
    file,
    project: module.project.name,
    passed: tests.filter(({ result }) => result.state === 'passed').length,
    failed: [
      ...(outside.length > 0 ? [{ test: 'outside the tests', error: textOf(outside) }] : []),
      ...tests.flatMap(({ test, result }) =>
        result.state === 'failed' ? [{ test, error: textOf(result.errors) }] : [],
      ),
    ],
    skipped: tests.flatMap(({ test, result }) =>
      result.state === 'skipped' ? [{ test, why: result.note ?? '' }] : [],
    ),
  }
}

export default class ResultsOfFiles {
  /** @param {import('vitest/node').TestModule} module */
  onTestModuleEnd(module) {
    const list = process.env[resultsVariable]
    if (list === undefined) throw new Error(`${resultsVariable} does not name the file with the results`)
    addResult(list, resultOf(module))
  }
}
