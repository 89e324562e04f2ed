// Brings TensorFlow's library into the user's cache.
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { architectureOf, platformOf } from '../platform/platform.mjs'
import { SetupProblem } from '../problem.mjs'
import { strip } from '../strip.mjs'
import { fetchParts } from '../wheels/cachedParts.mjs'
import { tensorflowVersion } from '../wheels/versions.mjs'
import { megabytes, pythonWithPip } from '../wheels/wheel.mjs'
import { cachedFolder, cachedLibrary, findLibrary } from './library.mjs'

/**
 * @typedef {import('../place.mjs').Place} Place
 * @typedef {import('../wheels/wheel.mjs').Wheel} Wheel
 */

/** Bytes for the wheel, its unpacked files, and the copy that `strip` makes of the larger library. */
const neededBytes = 1.8e9

/** @type {import('../steps.mjs').Step} */
export const tensorflow = {
  name: `TensorFlow ${tensorflowVersion}`,
  current: (place) => findLibrary(place) !== null,
  async make(place) {
    await fetchLibrary(place)
  },
}

/**
 * TensorFlow's library from the cache. It is fetched if it is not there.
 * @param {Place} place
 * @param {Place} there  for which system: `placeFor(place, target)` for another one than this
 * @returns {Promise<import('./library.mjs').Library>}
 * @throws SetupProblem if there is none for this system, or it cannot be fetched
 */
export async function fetchLibrary(place, there = place) {
  const cached = cachedLibrary(there)
  if (cached !== null) return cached
  // Both are checked before anything is downloaded.
  const wheels = wheelsFor(there)
  const python = await pythonWithPip(place)
  return await fetchLibraryFrom(place, python, wheels, there)
}

/**
 * The wheels with the library for a system.
 * @param {Place} place
 * @returns {readonly Wheel[]}
 * @throws SetupProblem when there are none
 */
export function wheelsFor(place) {
  const architecture = architectureOf(place)
  if (architecture !== null) return architecture.tensorflow
  throw new SetupProblem(
    `Set-up cannot fetch TensorFlow's library for ${platformOf(place).name} ${place.architecture}, only for Linux on x64 and arm64, for Windows on x64 and for macOS on Apple silicon. Name a folder with lib and include of a TensorFlow 2 C library in CONV_LAB_TENSORFLOW.`,
  )
}

/**
 * Puts the library of wheels into the cache, whole or not at all.
 * @param {Place} place
 * @param {string} python
 * @param {readonly Wheel[]} wheels
 * @param {Place} there  for which system they are
 */
export async function fetchLibraryFrom(place, python, wheels, there = place) {
  const bytes = wheels.reduce((sum, wheel) => sum + wheel.bytes, 0)
  place.report.say(
    `Fetching TensorFlow's library for ${platformOf(there).name}: ${megabytes(bytes)} to download, up to three times as much stays in the cache folder.`,
  )
  await fetchParts(place, python, {
    what: "TensorFlow's library",
    folder: path.basename(cachedFolder(there)),
    wheels,
    bytes: neededBytes,
    finish: (content) =>
      strip(
        place,
        there,
        librariesIn(content).map((name) => path.join(content, name)),
        "TensorFlow's library",
      ),
    checked: librariesIn,
  })
  const library = cachedLibrary(there)
  if (library !== null) return library
  throw new SetupProblem(
    "The downloaded package does not hold TensorFlow's library. Check the package index that your pip uses.",
  )
}

/** @param {string} content */
function librariesIn(content) {
  return readdirSync(path.join(content, 'lib')).map((name) => path.join('lib', name))
}
