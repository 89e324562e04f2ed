// npm test: sets up what is missing, then runs static checks, unit and integration tests, and the window in Chromium.
// `npm test -- --offline` leaves out the tests that fetch from outside. Set-up still fetches what it lacks.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { getChromium } from './chromium.mjs'
import { command } from './command.mjs'
import { node24 } from './node24.mjs'
import { forEverything } from './prepare.mjs'
import { run } from './run.mjs'
import { SetupProblem } from './problem.mjs'
import { prepare } from './steps.mjs'
import { countsOfCheck, countsOfPlaywright, countsOfVitest, sumOf } from './testCounts.mjs'

/** The folders whose imports must not form circles; `check:circles` in package.json names the same. */
const cruised = ['core', 'main', 'preload', 'renderer', 'setup', 'bench']

/**
 * @param {string} file
 * @returns {unknown}
 */
function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}

await command(async (place) => {
  const parameters = process.argv.slice(2)
  const unknown = parameters.find((parameter) => parameter !== '--offline')
  if (unknown !== undefined)
    throw new SetupProblem(
      `npm test knows no ${unknown}. It has one option: --offline leaves out what fetches from outside.`,
    )
  const offline = parameters.length > 0
  await prepare(place, forEverything)
  const chromium = await getChromium(place)
  const reports = mkdtempSync(path.join(tmpdir(), 'conv-lab-test-'))
  /** @type {import('./testCounts.mjs').Counts[]} */
  const results = []

  /**
   * Runs one stage and stores its counts.
   * @param {string} name
   * @param {string[]} program  a script below the clone and its parameters
   * @param {NodeJS.ProcessEnv} environment
   * @param {(code: number | null) => import('./testCounts.mjs').Counts} count
   * @param {boolean} alone  shows what it writes at once; otherwise when it has ended, so that stages side by side do not mix
   */
  async function stage(name, [script = '', ...parameters], environment, count, alone = true) {
    if (alone) console.log(`\n== ${name}`)
    const begin = performance.now()
    const { code, output, errors } = await run(node24(place), [path.join(place.root, script), ...parameters], {
      cwd: place.root,
      environment: { ...place.environment, ...environment },
      show: alone,
    })
    const counts = count(code)
    results.push(counts)
    if (!alone) console.log(`\n== ${name}\n${output}${errors}`.trimEnd())
    console.log(
      `== ${name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped in ${((performance.now() - begin) / 1000).toFixed(0)} s`,
    )
  }

  /**
   * Runs static checks one after another.
   * @param {[name: string, ...program: string[]][]} checks
   */
  async function checkInTurn(checks) {
    for (const [name, ...program] of checks) await stage(name, program, {}, countsOfCheck, false)
  }

  const vitestReport = path.join(reports, 'vitest.json')
  const playwrightReport = path.join(reports, 'playwright.json')
  try {
    // Each takes one core, and both about as long.
    await Promise.all([
      checkInTurn([
        ['Lint (oxlint, ESLint)', 'setup/lint.mjs'],
        [
          'Circles of imports (dependency-cruiser)',
          'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
          '--config',
          '.dependency-cruiser.mjs',
          ...cruised,
        ],
        ['Format (prettier)', 'node_modules/prettier/bin/prettier.cjs', '--check', '.'],
      ]),
      checkInTurn([
        ['Types (tsc)', 'node_modules/typescript/bin/tsc', '--noEmit'],
        ['Types of the end-to-end tests (tsc)', 'node_modules/typescript/bin/tsc', '--noEmit', '-p', 'test/e2e'],
        [
          'Types of the window (svelte-check)',
          'node_modules/svelte-check/bin/svelte-check',
          '--tsconfig',
          './renderer/tsconfig.json',
          '--fail-on-warnings',
        ],
      ]),
    ])
    await stage(
      'Unit and integration tests (vitest)',
      [
        'node_modules/vitest/vitest.mjs',
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${vitestReport}`,
        ...(offline ? ['--tags-filter=!online'] : []),
      ],
      {},
      (code) => countsOfVitest(readReport(vitestReport), code),
    )
    await stage(
      'The window in Chromium (Playwright)',
      [
        'node_modules/playwright/cli.js',
        'test',
        '--config',
        'test/e2e/playwright.config.ts',
        '--reporter=list,json',
        ...(offline ? ['--grep-invert=@online'] : []),
      ],
      { CONV_LAB_CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport },
      (code) => countsOfPlaywright(readReport(playwrightReport), code),
    )
  } finally {
    rmSync(reports, { recursive: true, force: true })
  }

  const total = sumOf(results)
  if (total.skipped > 0) console.log(`\n${total.skipped} skipped; the stages above say why.`)
  console.log(`\n${total.passed} passed, ${total.failed} failed`)
  return total.failed === 0 ? 0 : 1
})
