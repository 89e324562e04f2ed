// How tfjs-node's binding is compiled, alike for every compiler.
import path from 'node:path'
import { inPackages } from '../place.mjs'

/** @typedef {import('../place.mjs').Place} Place */

const sources = ['tfjs_backend.cc', 'tfjs_binding.cc']

/** The name under which tfjs-node looks for it. */
export const bindingName = 'tfjs_binding.node'

/** The folder in which it looks, from node_modules. */
export const bindingInPackages = path.join('@tensorflow', 'tfjs-node', 'lib', 'napi-v8')

/** From that folder to TensorFlow's libraries in a packed program (`package/stage.mjs`, electron-builder.yml). */
export const librariesFromBinding = '../../../../../../tensorflow'

/**
 * A compiler's parameters that say what is compiled, and how.
 * @param {Place} place
 * @param {string} include  the folder of TensorFlow's headers
 */
export function sourceParameters(place, include) {
  const tfjs = inPackages(place, '@tensorflow', 'tfjs-node')
  const includes = [tfjs, path.dirname(tfjs), include, inPackages(place, 'node-api-headers', 'include')]
  return [
    '-std=c++17',
    '-O2',
    '-w',
    '-DNAPI_VERSION=8',
    ...includes.flatMap((folder) => ['-I', folder]),
    ...sources.map((name) => path.join(tfjs, 'binding', name)),
  ]
}

/**
 * A compiler's parameters for folders in which the system looks for the binding's libraries.
 * @param {readonly string[]} folders
 */
export function runPaths(folders) {
  return folders.flatMap((folder) => ['-Xlinker', '-rpath', '-Xlinker', folder])
}
