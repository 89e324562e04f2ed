// TensorFlow's C library: its files, and where to look for them.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { inPackages } from '../place.mjs'
import { architectureOf, platformOf } from '../platform/platform.mjs'
import { SetupProblem } from '../problem.mjs'
import { cachedParts } from '../wheels/cachedParts.mjs'
import { tensorflowVersion } from '../wheels/versions.mjs'

/**
 * @typedef {import('../place.mjs').Place} Place
 *
 * @typedef {object} Library
 * @property {string} folder  where the libraries are
 * @property {string} include  where the headers are
 * @property {string[]} files  the libraries to link with, absolute; the one with the C API is the first
 * @property {string[]} beside  other files that must lie beside the one with the C API, absolute
 */

/**
 * The folder of the library in the user's cache.
 * @param {Place} place
 */
export function cachedFolder(place) {
  return path.join(place.cache, `${architectureOf(place)?.tensorflowFolder ?? 'tensorflow'}-${tensorflowVersion}`)
}

/**
 * The library in a folder: `lib` and `include` beside each other (the C archive, the cache), or the libraries beside
 * `include` (an installed Python package). Null if something is missing.
 * @param {Place} place
 * @param {string} folder
 * @returns {Library | null}
 */
function libraryIn(place, folder) {
  const { api, framework, beside } = platformOf(place).libraries
  const include = path.join(folder, 'include')
  if (!existsSync(path.join(include, 'tensorflow', 'c', 'c_api.h'))) return null
  for (const libraries of [path.join(folder, 'lib'), folder]) {
    const found = api.map((name) => path.join(libraries, name)).find((file) => existsSync(file))
    const needed = framework === null ? [] : [path.join(libraries, framework)]
    if (found !== undefined && needed.every((file) => existsSync(file)))
      return {
        folder: libraries,
        include,
        files: [found, ...needed],
        // What is not there may be installed in the system.
        beside: beside.map((name) => path.join(libraries, name)).filter((file) => existsSync(file)),
      }
  }
  return null
}

/**
 * The library in the cache, if it is complete.
 * @param {Place} place
 * @returns {Library | null}
 */
export function cachedLibrary(place) {
  const folder = cachedParts(place, path.basename(cachedFolder(place)))
  return folder === null ? null : libraryIn(place, folder)
}

/**
 * Looks in this order: the folder that the person names, the user's cache, tfjs-node's own download.
 * @param {Place} place
 * @returns {Library | null} null if it must be fetched
 * @throws SetupProblem if the named folder does not hold it, because silently using another library would surprise
 *   people
 */
export function findLibrary(place) {
  const named = place.environment['CONV_LAB_TENSORFLOW']
  if (named !== undefined && named !== '') {
    const library = libraryIn(place, path.resolve(named))
    if (library === null) {
      const { api, framework } = platformOf(place).libraries
      const files = [api.join(' or lib/'), ...(framework === null ? [] : [framework])].map((name) => `lib/${name}`)
      throw new SetupProblem(
        `CONV_LAB_TENSORFLOW names ${named}, which does not hold ${files.join(', ')} and include/tensorflow/c/c_api.h. Name a folder that does, or unset it so that set-up fetches TensorFlow.`,
      )
    }
    return library
  }
  return cachedLibrary(place) ?? libraryIn(place, inPackages(place, '@tensorflow', 'tfjs-node', 'deps'))
}
