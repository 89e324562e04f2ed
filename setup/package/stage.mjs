// Puts what is shipped into one folder. A portable archive is this folder with Node and launchers, an installer is this
// folder with Electron, so both ship the same files.
//
//   app/         package.json, dist, resources, node_modules
//   tensorflow/  TensorFlow's library, where the binding's run path looks for it
//
// On Windows the library lies beside the binding, where that system looks for it.
import { copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { bindingInPackages, bindingName, librariesFromBinding } from '../binding/compile.mjs'
import { filesUnder } from '../fingerprint.mjs'
import { shippedWhole } from '../licences.mjs'
import { platformOf } from '../platform/platform.mjs'
import { isShipped } from './shipped.mjs'
import { targetPackage } from './targetPackages.mjs'
import { tensorflowParts } from './tensorflowParts.mjs'

/**
 * @typedef {import('../place.mjs').Place} Place
 * @typedef {import('./targets.mjs').Target} Target
 *
 * @typedef {object} Staged
 * @property {readonly string[]} added  the folders of the packages that are there for the target alone
 * @property {readonly import('../licences.mjs').Licence[]} licences  of parts that are no packages
 */

/** Built files that only developers read. */
const notShippedBuilt = /\.map$|^main\/inputs\.json$/

/**
 * Fills a folder.
 * @param {Place} place  a clone where everything is built
 * @param {Target} target
 * @param {string} folder
 * @param {string} work  an empty folder, for what is compiled
 * @param {Readonly<Record<string, unknown>>} [described]  what package.json says beside what every one says
 * @returns {Promise<Staged>}
 */
export async function stage(place, target, folder, work, described = {}) {
  const app = path.join(folder, 'app')
  mkdirSync(app, { recursive: true })
  stageBuilt(place, app)
  writeFileSync(path.join(app, 'package.json'), packedDescription(place, described))
  for (const packageFolder of shippedWhole(place.root))
    copyPackage(packageFolder, path.relative(place.root, packageFolder).split(path.sep).slice(1).join('/'), app, target)
  const added = []
  for (const name of target.compiledPackages) {
    const source = await targetPackage(place, name)
    copyPackage(source, name, app, target)
    added.push(source)
  }
  const parts = await tensorflowParts(place, target, work)
  stageTensorflow(target, folder, parts)
  return { added, licences: parts.licences }
}

/**
 * @param {Place} place
 * @param {string} app
 */
function stageBuilt(place, app) {
  const dist = path.join(place.root, 'dist')
  for (const part of ['main', 'preload', 'cluster', 'window'])
    for (const file of filesUnder([path.join(dist, part)])) {
      const name = path.relative(dist, file).replaceAll(path.sep, '/')
      if (!notShippedBuilt.test(name)) copy(file, path.join(app, 'dist', name))
    }
  for (const part of ['icon.png', 'example'])
    cpSync(path.join(place.root, 'resources', part), path.join(app, 'resources', part), { recursive: true })
}

/**
 * The package.json of a packed program. It names no dependencies, because all are there.
 * @param {Place} place
 * @param {Readonly<Record<string, unknown>>} described
 */
function packedDescription(place, described) {
  /** @type {Record<string, unknown>} */
  const { name, version, description, license, type, main } = JSON.parse(
    readFileSync(path.join(place.root, 'package.json'), 'utf8'),
  )
  return `${JSON.stringify({ name, version, description, license, type, main, ...described }, null, 2)}\n`
}

/**
 * Copies the files of a package that run, without packages within it: each of those is in the list by itself.
 * @param {string} source
 * @param {string} name  its path from node_modules, with slashes
 * @param {string} app
 * @param {Target} target
 */
function copyPackage(source, name, app, target) {
  const inner = path.join(source, 'node_modules')
  for (const file of filesUnder([source], (candidate) => candidate === inner)) {
    const inPackage = `${name}/${path.relative(source, file).replaceAll(path.sep, '/')}`
    if (isShipped(inPackage, target)) copy(file, path.join(app, 'node_modules', inPackage))
  }
}

/**
 * @param {string} from
 * @param {string} to
 */
function copy(from, to) {
  mkdirSync(path.dirname(to), { recursive: true })
  copyFileSync(from, to)
}

/**
 * Copies TensorFlow's library and the binding to it.
 * @param {Target} target
 * @param {string} folder
 * @param {{ libraries: readonly string[], binding: string }} compiled
 */
function stageTensorflow(target, folder, { libraries, binding }) {
  const bindingFolder = path.join(folder, 'app', 'node_modules', bindingInPackages)
  copy(binding, path.join(bindingFolder, bindingName))
  // Without run paths a system looks for libraries beside the file that needs them.
  const hasRunPaths = platformOf(target).linking !== null
  const libraryFolder = hasRunPaths ? path.join(bindingFolder, librariesFromBinding) : bindingFolder
  for (const library of libraries) copy(library, path.join(libraryFolder, path.basename(library)))
}
