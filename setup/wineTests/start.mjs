// Starts vitest in Wine for some files of tests.
import path from 'node:path'
import { writeFileSync } from 'node:fs'
import { run } from '../run.mjs'
import { inWine, workInside } from '../wine.mjs'
import { nodeOfWindows } from './clone.mjs'
import { resultsVariable } from './reporter.mjs'
import { nameOf, resultsIn } from './results.mjs'

/**
 * @typedef {import('./results.mjs').TestFile} TestFile
 * @typedef {import('./results.mjs').FileResult} FileResult
 */

/** Minutes that a test may take: to start a program in Wine takes many times as long as on its own system. */
const minutesForTest = 10

/** Minutes after which a start that has ended no further file is ended. */
const patience = 30

/** Milliseconds between two looks at what vitest has found. */
const lookAgainAfter = 1000

/**
 * Runs files of one project, without the tests that fetch from outside: the Windows of Wine has no Python. Several files
 * share two processes, so what fails among others may pass by itself.
 * @param {import('../wine.mjs').Wine} wine  its folder to work in has the clone
 * @param {readonly TestFile[]} tests
 * @param {(result: FileResult) => void} onResult  called when a file has ended
 * @returns {Promise<TestFile[]>} those that have not ended
 */
export async function startInWine(wine, tests, onResult) {
  const found = path.join(wine.work, 'found.jsonl')
  writeFileSync(found, '')
  const [project = ''] = tests.map((test) => test.project)
  const vitest = [
    ...['node_modules/vitest/vitest.mjs', 'run', '--project', project, '--tags-filter=!online'],
    ...['--testTimeout', '--hookTimeout'].map((limit) => `${limit}=${minutesForTest * 60_000}`),
    // It costs seconds to start a process there.
    '--no-isolate',
    ...['--reporter=default', '--reporter=./setup/wineTests/reporter.mjs'],
    ...tests.map(({ file }) => file),
  ]
  // Programs of Windows cannot write into a pipe of Linux.
  const toFile = `exec wine "$@" >>${workInside}/output.txt 2>&1 </dev/null`
  const inside = {
    folder: `${workInside}/clone`,
    network: true,
    environment: { [resultsVariable]: `Z:${workInside}/found.jsonl` },
  }
  /** @type {Set<string>} */
  const ended = new Set()
  let heard = performance.now()
  const gaveUp = new AbortController()
  const look = () => {
    for (const result of resultsIn(found).filter((each) => !ended.has(nameOf(each)))) {
      ended.add(nameOf(result))
      heard = performance.now()
      onResult(result)
    }
    if (performance.now() - heard > patience * 60_000) gaveUp.abort()
  }
  const looking = setInterval(look, lookAgainAfter)
  try {
    await run('bwrap', inWine(wine, inside, ['sh', '-c', toFile, 'sh', nodeOfWindows, ...vitest]), {
      signal: gaveUp.signal,
    })
  } catch (thrown) {
    if (!gaveUp.signal.aborted) throw thrown
  } finally {
    clearInterval(looking)
  }
  look()
  return tests.filter((test) => !ended.has(nameOf(test)))
}
