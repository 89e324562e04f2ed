// npm run test:portable: makes the portable archives and starts them as a person would, on a computer that has nothing
// else: Linux's in an empty root, Windows' under Wine. It takes a quarter of an hour and is no part of npm test.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { getChromium } from './chromium.mjs'
import { command } from './command.mjs'
import { launch } from './launch.mjs'
import { node24 } from './node24.mjs'
import { archiveIn, makePortable } from './package/portable.mjs'
import { targetNamed } from './package/targets.mjs'
import { forEverything } from './prepare.mjs'
import { SetupProblem } from './problem.mjs'
import { findProgram, lastWords, run } from './run.mjs'
import { prepare } from './steps.mjs'

/** @typedef {import('./place.mjs').Place} Place */

/** The systems that are tested, by the name of their archive's target. */
const systems = { linux: 'linux-x64', windows: 'win-x64' }

/** Programs that the test runs others with, each the name of its Debian package. */
const needed = { bwrap: 'bubblewrap', debootstrap: 'debootstrap' }

/**
 * Installs what is missing on Debian and its relatives, as root.
 * @param {Place} place
 */
async function getPrograms(place) {
  const missing = Object.entries(needed).flatMap(([program, name]) =>
    findProgram([program], place) === null ? [name] : [],
  )
  if (missing.length === 0) return
  const apt = findProgram(['apt-get'], place)
  if (apt === null || process.getuid?.() !== 0)
    throw new SetupProblem(
      `The test of the portable archives needs ${missing.join(' and ')}. Install it (Debian: sudo apt install ${missing.join(' ')}), then run the command again.`,
    )
  place.report.say(`Installing ${missing.join(' and ')} ...`)
  const environment = { ...place.environment, DEBIAN_FRONTEND: 'noninteractive' }
  await run(apt, ['update', '-qq'], { environment })
  const outcome = await run(apt, ['install', '-y', '-qq', '--no-install-recommends', ...missing], { environment })
  if (outcome.code !== 0)
    throw new SetupProblem(`${missing.join(' and ')} could not be installed (${lastWords(outcome)}).`)
}

/**
 * The archives to test: those in a folder, or ones that are made anew.
 * @param {Place} place
 * @param {readonly string[]} names  of targets
 * @param {string | undefined} given
 * @returns {Promise<Map<string, string>>} by the name of the target
 */
async function archives(place, names, given) {
  /** @type {Map<string, string>} */
  const found = new Map()
  for (const name of names) {
    const target = targetNamed(name)
    if (target === undefined) continue
    const file =
      given === undefined
        ? await makePortable(place, { target, out: null, sets: [] })
        : archiveIn(place, path.resolve(given), target)
    if (!existsSync(file)) throw new SetupProblem(`${file} is missing. Make it with npm run package.`)
    found.set(name, file)
  }
  return found
}

await command(async (place) => {
  const { values } = parseArgs({ options: { only: { type: 'string' }, archives: { type: 'string' } } })
  const chosen = Object.entries(systems).filter(([system]) => values.only === undefined || values.only === system)
  if (chosen.length === 0) throw new SetupProblem('--only names linux or windows.')
  await prepare(place, forEverything)
  await getPrograms(place)
  const chromium = await getChromium(place)
  const made = await archives(
    place,
    chosen.map(([, target]) => target),
    values.archives,
  )
  const words = chosen.flatMap(([system, target]) => [`--${system}`, made.get(target) ?? ''])
  return async () => {
    const program = path.join(place.root, 'test', 'portable', 'main.ts')
    return (await launch(node24(place), [program, ...words, '--chromium', chromium], { cwd: place.root })).code
  }
})
