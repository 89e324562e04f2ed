// TensorFlow's C library: its files, and where to look for them.
import { existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { inPackages } from '../place.mjs'
import { SetupProblem } from '../problem.mjs'

/**
 * @typedef {import('../place.mjs').Place} Place
 *
 * @typedef {object} Library
 * @property {string} folder  where the libraries are
 * @property {string} include  where the headers are
 * @property {string[]} files  the libraries to link with, absolute
 */

/** The version that set-up fetches if there is none. */
export const tensorflowVersion = '2.21.0'

/** A file in the cache folder. It is written last, so a folder without it is unfinished. */
export const completeStamp = 'complete.json'

/**
 * The folder of the library in the user's cache.
 * @param {Place} place
 */
export function cachedFolder(place) {
  return path.join(place.cache, `tensorflow-${tensorflowVersion}`)
}

/**
 * The file names of the libraries: the C API (named as in the wheel or as in the C archive), and the framework.
 * @param {NodeJS.Platform} platform
 */
export function libraryNames(platform) {
  return platform === 'darwin'
    ? { api: ['libtensorflow_cc.2.dylib', 'libtensorflow.2.dylib'], framework: 'libtensorflow_framework.2.dylib' }
    : { api: ['libtensorflow_cc.so.2', 'libtensorflow.so.2'], framework: 'libtensorflow_framework.so.2' }
}

/**
 * The library in a folder: `lib` and `include` beside each other (the C archive, the cache), or the libraries beside
 * `include` (an installed Python package). Null if something is missing.
 * @param {Place} place
 * @param {string} folder
 * @returns {Library | null}
 */
export function libraryIn(place, folder) {
  const { api, framework } = libraryNames(place.platform)
  const include = path.join(folder, 'include')
  if (!existsSync(path.join(include, 'tensorflow', 'c', 'c_api.h'))) return null
  for (const libraries of [path.join(folder, 'lib'), folder]) {
    const found = api.map((name) => path.join(libraries, name)).find((file) => existsSync(file))
    if (found !== undefined && existsSync(path.join(libraries, framework)))
      return { folder: libraries, include, files: [found, path.join(libraries, framework)] }
  }
  return null
}

/**
 * The library in the cache, if it is complete.
 * @param {Place} place
 * @returns {Library | null}
 */
export function cachedLibrary(place) {
  const stamp = path.join(cachedFolder(place), completeStamp)
  if (!existsSync(stamp)) return null
  /** @type {{ sizes: Record<string, number> }} */
  const { sizes } = JSON.parse(readFileSync(stamp, 'utf8'))
  const whole = Object.entries(sizes).every(
    ([name, size]) => statSync(path.join(cachedFolder(place), name), { throwIfNoEntry: false })?.size === size,
  )
  return whole ? libraryIn(place, cachedFolder(place)) : null
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
      const { api, framework } = libraryNames(place.platform)
      throw new SetupProblem(
        `CONV_LAB_TENSORFLOW names ${named}, which does not hold lib/${api.join(' or lib/')}, lib/${framework} and include/tensorflow/c/c_api.h. Name a folder that does, or unset it so that set-up fetches TensorFlow.`,
      )
    }
    return library
  }
  return cachedLibrary(place) ?? libraryIn(place, inPackages(place, '@tensorflow', 'tfjs-node', 'deps'))
}
