// npm run test:wine: the tests as a Windows program runs them, in Wine. Needs root, bubblewrap and debootstrap. Words are
// files or folders of tests; without any, all run. `--left` runs only those that did not pass when they last ran.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { command } from './command.mjs'
import { getPrograms } from './debian.mjs'
import { node24 } from './node24.mjs'
import { inPackages } from './place.mjs'
import { forEverything } from './prepare.mjs'
import { SetupProblem } from './problem.mjs'
import { lastWords, run } from './run.mjs'
import { prepare } from './steps.mjs'
import { neededForWine, wineFor } from './wine.mjs'
import { cloneForWine } from './wineTests/clone.mjs'
import { addResult, nameOf, resultsIn } from './wineTests/results.mjs'
import { startInWine } from './wineTests/start.mjs'

/**
 * @typedef {import('./place.mjs').Place} Place
 * @typedef {import('./wineTests/results.mjs').TestFile} TestFile
 * @typedef {import('./wineTests/results.mjs').FileResult} FileResult
 */

/** How many files one start of vitest takes. A start costs some seconds, and its end by a crash the files that ran. */
const filesAtOnce = 30

/** The same where no native code runs that could crash. */
const pureFilesAtOnce = 120

/** Projects of vitest's configuration whose tests load no native code and start no programs. */
const pureProjects = new Set(['core', 'window'])

/**
 * The files of tests that words mean, in vitest's order.
 * @param {Place} place
 * @param {readonly string[]} words
 * @returns {Promise<TestFile[]>}
 */
async function filesMeant(place, words) {
  const { code, output, ...rest } = await run(
    node24(place),
    [inPackages(place, 'vitest', 'vitest.mjs'), 'list', ...words, '--filesOnly', '--json'],
    { cwd: place.root, environment: place.environment },
  )
  if (code !== 0) throw new SetupProblem(`vitest could not list the tests (${lastWords({ code, output, ...rest })}).`)
  /** @type {{ file: string, projectName: string }[]} */
  const listed = JSON.parse(output.slice(output.indexOf('[')))
  if (listed.length === 0) throw new SetupProblem(`There are no tests in ${words.join(' ')}.`)
  return listed.map(({ file, projectName }) => ({
    file: path.relative(place.root, file).replaceAll(path.sep, '/'),
    project: projectName,
  }))
}

/**
 * Parts of a list that vitest takes in one start: files of one project.
 * @param {readonly TestFile[]} tests
 * @returns {TestFile[][]}
 */
function batchesOf(tests) {
  const projects = [...new Set(tests.map(({ project }) => project))]
  return projects.flatMap((project) => {
    const files = tests.filter((test) => test.project === project)
    const atOnce = pureProjects.has(project) ? pureFilesAtOnce : filesAtOnce
    return Array.from({ length: Math.ceil(files.length / atOnce) }, (_, batch) =>
      files.slice(batch * atOnce, (batch + 1) * atOnce),
    )
  })
}

/** @param {FileResult} result */
function tell({ file, passed, failed, skipped }) {
  const counts = [`${passed} passed`, `${failed.length} failed`, `${skipped.length} skipped`].join(', ')
  console.log(`${failed.length === 0 ? 'ok  ' : 'FAIL'} ${file} (${counts})`)
  for (const { test, error } of failed) console.log(`     ${test}\n${error.replace(/^/gm, '       ')}`)
}

/**
 * Says why tests were left out.
 * @param {readonly FileResult[]} results
 */
function tellReasons(results) {
  /** @type {Map<string, number>} */
  const reasons = new Map()
  for (const { why } of results.flatMap(({ skipped }) => skipped)) reasons.set(why, (reasons.get(why) ?? 0) + 1)
  for (const [why, tests] of reasons) console.log(`${tests} skipped: ${why || 'fetches from outside'}`)
}

await command(async (place) => {
  const given = process.argv.slice(2)
  const words = given.filter((word) => word !== '--left')
  const option = words.find((word) => word.startsWith('-'))
  if (option !== undefined) throw new SetupProblem(`test:wine knows no ${option}, only files of tests and --left.`)
  await getPrograms(place, neededForWine, 'The test under Wine')
  await prepare(place, forEverything)
  const work = path.join(place.cache, 'wine-tests')
  mkdirSync(work, { recursive: true })
  const wine = await wineFor(place.cache, work)
  const all = await filesMeant(place, words)
  await cloneForWine(place, work)

  const list = path.join(work, 'results.jsonl')
  if (!given.includes('--left') && words.length === 0) rmSync(list, { force: true })
  const known = new Map(resultsIn(list).map((result) => [nameOf(result), result]))
  const left = given.includes('--left') ? all.filter((test) => known.get(nameOf(test))?.failed.length !== 0) : all
  place.report.say(
    `${left.length} files of tests. The results are in ${list}, what vitest says in output.txt beside it.`,
  )

  /** @param {FileResult} result */
  const onResult = (result) => {
    addResult(list, result)
    tell(result)
  }
  writeFileSync(path.join(work, 'output.txt'), '')
  for (const batch of batchesOf(left)) {
    /** @type {TestFile[]} */
    const inDoubt = []
    const notEnded = await startInWine(wine, batch, (result) => {
      if (batch.length > 1 && result.failed.length > 0) inDoubt.push({ file: result.file, project: result.project })
      else onResult(result)
    })
    // One of them took the others along, held them up, or left something behind in the process.
    for (const test of [...inDoubt, ...notEnded]) {
      const again = batch.length > 1 ? await startInWine(wine, [test], onResult) : [test]
      for (const file of again)
        onResult({ ...file, passed: 0, failed: [{ test: 'the file', error: 'It did not end.' }], skipped: [] })
    }
  }

  const meant = new Set(all.map(nameOf))
  const results = resultsIn(list).filter((result) => meant.has(nameOf(result)))
  const red = results.filter(({ failed }) => failed.length > 0)
  const sum = (/** @type {(result: FileResult) => number} */ count) =>
    results.reduce((total, result) => total + count(result), 0)
  tellReasons(results)
  console.log(
    `\n${results.length} files, ${red.length} of them with failures: ${sum(({ passed }) => passed)} tests passed, ${sum(({ failed }) => failed.length)} failed, ${sum(({ skipped }) => skipped.length)} skipped`,
  )
  return red.length === 0 ? 0 : 1
})
