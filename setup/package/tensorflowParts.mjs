// TensorFlow's library for a target, the binding to it, and their licences.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { buildBinding } from '../binding/build.mjs'
import { bindingName, librariesFromBinding } from '../binding/compile.mjs'
import { placeFor, platformOf } from '../platform/platform.mjs'
import { licenceFiles, licencesFolder } from '../platform/tensorflowParts.mjs'
import { fetchLibrary, wheelsFor } from '../tensorflow/step.mjs'
import { fetchParts } from '../wheels/cachedParts.mjs'
import { runtimeVersion, tensorflowVersion } from '../wheels/versions.mjs'
import { pythonWithPip } from '../wheels/wheel.mjs'

/**
 * @typedef {import('../place.mjs').Place} Place
 * @typedef {import('../licences.mjs').Licence} Licence
 * @typedef {import('./targets.mjs').Target} Target
 *
 * @typedef {object} TensorflowParts
 * @property {readonly string[]} libraries  files that the system loads
 * @property {string} binding
 * @property {readonly Licence[]} licences
 */

/**
 * Gets or builds them.
 * @param {Place} place
 * @param {Target} target
 * @param {string} work  an empty folder, for what is built
 * @returns {Promise<TensorflowParts>}
 */
export async function tensorflowParts(place, target, work) {
  const there = placeFor(place, target.name)
  const library = await fetchLibrary(place, there)
  const binding = path.join(work, bindingName)
  await buildBinding(place, target.name, binding, [librariesFromBinding])
  const { python } = platformOf(target).libraries
  const stub = python === null ? [] : [path.join(work, python)]
  return {
    libraries: [...library.files, ...library.beside, ...stub],
    binding,
    licences: await licencesOfLibrary(place, target, path.dirname(library.folder)),
  }
}

/**
 * @param {Place} place
 * @param {Target} target
 * @param {string} folder  of the library, in which the licences lie
 * @returns {Promise<Licence[]>}
 */
async function licencesOfLibrary(place, target, folder) {
  const [wheel, ...others] = wheelsFor(placeFor(place, target.name))
  const beside = path.join(folder, licencesFolder)
  const texts = existsSync(beside) ? beside : await fetchLicences(place, target, wheel)
  const text = textsIn(texts).map((name) => readFileSync(path.join(texts, name), 'utf8').trim())
  const own = { name: 'TensorFlow', version: tensorflowVersion, licence: 'Apache-2.0', text: text.join('\n\n') }
  if (others.length === 0) return [own]
  const ofRuntime = readFileSync(path.join(folder, 'licences', 'msvc-runtime.txt'), 'utf8').trim()
  return [own, { name: 'Microsoft Visual C++ runtime', version: runtimeVersion, licence: 'Microsoft', text: ofRuntime }]
}

/**
 * The licences for a library that came into the cache without them, as set-up once took it.
 * @param {Place} place
 * @param {Target} target
 * @param {import('../wheels/wheel.mjs').Wheel} wheel
 * @returns {Promise<string>} their folder
 */
async function fetchLicences(place, target, wheel) {
  const folder = 'tensorflow'
  const content = await fetchParts(place, await pythonWithPip(place), {
    what: "TensorFlow's licences",
    folder: `licences-${target.name}-${tensorflowVersion}`,
    wheels: [{ ...wheel, take: licenceFiles(folder) }],
    bytes: 2 * wheel.bytes,
    checked: (unpacked) => textsIn(path.join(unpacked, folder)).map((name) => path.join(folder, name)),
  })
  return path.join(content, folder)
}

/** @param {string} folder */
function textsIn(folder) {
  return readdirSync(folder).sort()
}
