// TensorFlow's library for a target, the binding to it, and their licences.
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { buildBinding, pythonLibrary } from '../binding/build.mjs'
import { bindingName, librariesFromBinding } from '../binding/compile.mjs'
import { placeFor } from '../platform/platform.mjs'
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

/** Members of a wheel with licences: TensorFlow's own, and those of what it contains. */
const licenceFiles = {
  'tensorflow/include/LICENSE': 'tensorflow/1-LICENSE.txt',
  'tensorflow/THIRD_PARTY_NOTICES.txt': 'tensorflow/2-THIRD_PARTY_NOTICES.txt',
}

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
  const stub = target.platform === 'win32' ? [path.join(work, pythonLibrary)] : []
  return {
    libraries: [...library.files, ...library.beside, ...stub],
    binding,
    licences: await licencesOfLibrary(place, target, path.dirname(library.folder)),
  }
}

/**
 * @param {Place} place
 * @param {Target} target
 * @param {string} folder  of the library, in which the licence of the Visual C++ runtime lies, where it needs one
 * @returns {Promise<Licence[]>}
 */
async function licencesOfLibrary(place, target, folder) {
  const [wheel, ...others] = wheelsFor(placeFor(place, target.name))
  const content = await fetchParts(place, await pythonWithPip(place), {
    what: "TensorFlow's licences",
    folder: `licences-${target.name}-${tensorflowVersion}`,
    wheels: [{ ...wheel, take: licenceFiles }],
    bytes: 2 * wheel.bytes,
    checked: (unpacked) => textsIn(path.join(unpacked, 'tensorflow')).map((file) => path.join('tensorflow', file)),
  })
  const texts = textsIn(path.join(content, 'tensorflow')).map((file) =>
    readFileSync(path.join(content, 'tensorflow', file), 'utf8').trim(),
  )
  const own = { name: 'TensorFlow', version: tensorflowVersion, licence: 'Apache-2.0', text: texts.join('\n\n') }
  if (others.length === 0) return [own]
  const text = readFileSync(path.join(folder, 'licences', 'msvc-runtime.txt'), 'utf8').trim()
  return [own, { name: 'Microsoft Visual C++ runtime', version: runtimeVersion, licence: 'Microsoft', text }]
}

/** @param {string} folder */
function textsIn(folder) {
  return readdirSync(folder).sort()
}
