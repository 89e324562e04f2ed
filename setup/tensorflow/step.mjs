// Brings TensorFlow's library into the user's cache. It is downloaded, checked, unpacked and stripped in a temporary
// folder, which is then renamed.
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { withLock } from '../lock.mjs'
import { SetupProblem } from '../problem.mjs'
import { findProgram, lastWords, run } from '../run.mjs'
import { cachedFolder, cachedLibrary, completeStamp, findLibrary, tensorflowVersion } from './library.mjs'
import { downloadWheel, pythonWithPip, wheelFor } from './wheel.mjs'

/**
 * @typedef {import('../place.mjs').Place} Place
 * @typedef {import('./wheel.mjs').Wheel} Wheel
 */

/** The start of the names of unfinished folders in the cache. */
const unfinishedPrefix = '.writing-tensorflow-'

/** Bytes for the wheel, its unpacked files, and the copy that `strip` makes of the larger library. */
const neededBytes = 1.8e9

/** @type {import('../steps.mjs').Step} */
export const tensorflow = {
  name: `TensorFlow ${tensorflowVersion} (274 MB to download, 650 MB in the cache folder)`,
  current: (place) => findLibrary(place) !== null,
  async make(place) {
    // Both are checked before anything is downloaded.
    const wheel = wheelFor(place)
    const python = await pythonWithPip(place)
    await fetchLibrary(place, python, wheel)
  },
}

/**
 * Puts the library of a wheel into the cache, whole or not at all.
 * @param {Place} place
 * @param {string} python
 * @param {Wheel} wheel
 */
export async function fetchLibrary(place, python, wheel) {
  // Clones share the cache, so the cache has a lock of its own.
  await withLock(place, path.join(place.cache, '.set-up'), `the cache folder ${place.cache}`, async () => {
    if (cachedLibrary(place) !== null) return
    removeUnfinished(place)
    await checkSpace(place)
    const unfinished = mkdtempSync(path.join(place.cache, unfinishedPrefix))
    try {
      await fill(place, python, wheel, unfinished)
      publish(place, path.join(unfinished, 'content'))
    } finally {
      rmSync(unfinished, { recursive: true, force: true })
    }
  })
}

/**
 * Removes folders that killed set-ups have left. Because the lock is held, nobody is filling them.
 * @param {Place} place
 */
function removeUnfinished(place) {
  for (const name of readdirSync(place.cache)) {
    if (name.startsWith(unfinishedPrefix)) rmSync(path.join(place.cache, name), { recursive: true, force: true })
  }
}

/** @param {Place} place */
async function checkSpace(place) {
  const { bavail, bsize } = await statfs(place.cache)
  if (bavail * bsize < neededBytes)
    throw new SetupProblem(
      `The disk of ${place.cache} has ${((bavail * bsize) / 1e9).toFixed(1)} GB free; fetching TensorFlow needs ${neededBytes / 1e9} GB, of which 0.7 GB stay. Free some space, or name a folder on another disk in CONV_LAB_CACHE.`,
    )
}

/**
 * Makes `content` in the unfinished folder.
 * @param {Place} place
 * @param {string} python
 * @param {Wheel} wheel
 * @param {string} unfinished
 */
async function fill(place, python, wheel, unfinished) {
  const download = path.join(unfinished, 'download')
  const content = path.join(unfinished, 'content')
  mkdirSync(download)
  const file = await downloadWheel(place, python, wheel, download)
  place.report.progress('Unpacking')
  await unpack(python, file, content)
  const libraries = readdirSync(path.join(content, 'lib')).map((name) => path.join('lib', name))
  if (place.platform === 'linux')
    await strip(
      place,
      libraries.map((name) => path.join(content, name)),
    )
  const sizes = Object.fromEntries(libraries.map((name) => [name, statSync(path.join(content, name)).size]))
  writeFileSync(
    path.join(content, completeStamp),
    `${JSON.stringify({ version: tensorflowVersion, wheel: wheel.sha256, sizes }, null, 2)}\n`,
  )
}

/**
 * @param {string} python
 * @param {string} wheel
 * @param {string} content  the folder to make
 */
async function unpack(python, wheel, content) {
  const outcome = await run(python, [fileURLToPath(new URL('unpackWheel.py', import.meta.url)), wheel, content])
  if (outcome.errors.includes('No space left')) throw Object.assign(new Error('unpack'), { code: 'ENOSPC' })
  if (outcome.code !== 0)
    throw new SetupProblem(`TensorFlow's library could not be unpacked (${lastWords(outcome)}). Run the command again.`)
}

/**
 * Removes what only a debugger reads, a quarter of the size. Without the `strip` program the libraries work as well.
 * @param {Place} place
 * @param {readonly string[]} libraries
 */
async function strip(place, libraries) {
  const program = findProgram(['strip'], place.environment)
  if (program === null) return
  place.report.progress('Making it smaller')
  const outcome = await run(program, ['--strip-unneeded', ...libraries])
  if (outcome.code !== 0)
    throw new SetupProblem(
      `TensorFlow's library could not be made smaller (strip: ${lastWords(outcome)}). Run the command again.`,
    )
}

/**
 * Gives the finished folder its name. A damaged folder of that name is moved away first, because running programs may
 * have its files open.
 * @param {Place} place
 * @param {string} content
 */
function publish(place, content) {
  const target = cachedFolder(place)
  if (statSync(target, { throwIfNoEntry: false }) !== undefined)
    renameSync(target, path.join(path.dirname(content), 'replaced'))
  renameSync(content, target)
}
