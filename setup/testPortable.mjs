// npm run test:portable: makes the portable archives and starts them as a person would, on a computer that has nothing
// else: Linux's in an empty root, Windows' under Wine. It takes long and is no part of npm test.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { getChromium } from './chromium.mjs'
import { command } from './command.mjs'
import { getPrograms } from './debian.mjs'
import { launch } from './launch.mjs'
import { node24 } from './node24.mjs'
import { archiveIn, makePortable } from './package/portable.mjs'
import { linux, windows } from './package/targets.mjs'
import { forEverything } from './prepare.mjs'
import { SetupProblem } from './problem.mjs'
import { prepare } from './steps.mjs'
import { neededForWine } from './wine.mjs'

/** @typedef {import('./place.mjs').Place} Place */

/** The targets whose archives are tested. */
const systems = { linux, windows }

/** The data sets that come along in a tested archive. */
const sets = ['mnist']

/**
 * The archive to test: the one in a folder, or one that is made anew.
 * @param {Place} place
 * @param {import('./package/targets.mjs').Target} target
 * @param {string | undefined} given
 */
async function archiveOf(place, target, given) {
  if (given === undefined) return await makePortable(place, { target, out: null, sets })
  const file = archiveIn(place, path.resolve(given), target)
  if (!existsSync(file))
    throw new SetupProblem(
      `${file} is missing. Make it with npm run package -- --portable ${target.name} --with ${sets.join(',')} --out ${given}.`,
    )
  return file
}

await command(async (place) => {
  const { values } = parseArgs({ options: { only: { type: 'string' }, archives: { type: 'string' } } })
  const chosen = Object.entries(systems).filter(([system]) => values.only === undefined || values.only === system)
  if (chosen.length === 0) throw new SetupProblem('--only names linux or windows.')
  await prepare(place, forEverything)
  await getPrograms(place, neededForWine, 'The test of the portable archives')
  const chromium = await getChromium(place)
  /** @type {string[]} */
  const words = []
  for (const [system, target] of chosen) words.push(`--${system}`, await archiveOf(place, target, values.archives))
  return async () => {
    const program = path.join(place.root, 'test', 'portable', 'main.ts')
    return (await launch(node24(place), [program, ...words, '--chromium', chromium], { cwd: place.root })).code
  }
})
