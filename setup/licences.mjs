// The licences of every package whose code is shipped, for the page about Conv Lab. Made at each build of the window
// from the installed packages, so no list is kept by hand.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/**
 * @typedef {object} Licence
 * @property {string} name  of the package
 * @property {string} version
 * @property {string} licence  as the package declares it, such as MIT
 * @property {string} text  of the files that come with it; empty where it has none
 */

/** The name of the file in which esbuild says what it bundled, in dist/main. */
export const bundledInputs = 'inputs.json'

/** Files in which a package has its licence, and those of what it contains. */
const licenceFile = /^(licen[cs]e|copying|notice|third[-_ ]?party)/i

/**
 * The package folder in which a module lies; null for the lab's own files.
 * @param {string} module
 */
function packageOf(module) {
  const found = /^(.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/@][^\\/]*)/.exec(module.replace(/^\0/, '').split('?')[0])
  return found === null ? null : found[1]
}

/**
 * The folder of a package that another one needs, as Node finds it; null where it is not installed.
 * @param {string} name
 * @param {string} from
 */
function resolved(name, from) {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'node_modules', name)
    if (existsSync(path.join(candidate, 'package.json'))) return candidate
    if (path.dirname(folder) === folder) return null
  }
}

/**
 * @typedef {object} Description  what a package's package.json has of interest here
 * @property {string} [name]
 * @property {string} [version]
 * @property {string | { type?: string }} [license]
 * @property {{ type?: string }[]} [licenses]  as old packages have it
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [optionalDependencies]
 */

/**
 * @param {string} folder
 * @returns {Description}
 */
function described(folder) {
  /** @type {Description} */
  const description = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
  return description
}

/**
 * The folders of the packages that are shipped as they are, with all that they need and that is installed.
 * @param {string} root
 */
export function shippedWhole(root) {
  /** @type {Set<string>} */
  const folders = new Set()
  /** @param {string} from */
  const add = (from) => {
    const { dependencies = {}, optionalDependencies = {} } = described(from)
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const folder = resolved(name, from)
      if (folder === null || folders.has(folder)) continue
      folders.add(folder)
      add(folder)
    }
  }
  add(root)
  return folders
}

/**
 * What a package says of its licence.
 * @param {string} folder
 * @returns {Licence | null}  null for a folder that only marks the kind of its modules
 */
export function licenceOf(folder) {
  const { name, version, license, licenses } = described(folder)
  if (name === undefined || version === undefined) return null
  const [old] = licenses ?? []
  const declared = (typeof license === 'object' ? license.type : license) ?? old?.type ?? ''
  const text = readdirSync(folder)
    .filter((file) => licenceFile.test(file))
    .sort()
    .map((file) => readFileSync(path.join(folder, file), 'utf8').trim())
  return { name, version, licence: declared, text: text.join('\n\n') }
}

/**
 * The licences of Conv Lab and of all packages whose code is shipped with it: those bundled into the window and the
 * programs, and those that lie beside them. In the order of their names, Conv Lab first.
 * @param {string} root  the project's folder
 * @param {Iterable<string>} modules  paths of all files that went into bundles
 * @returns {Licence[]}
 */
export function licencesOf(root, modules) {
  const folders = shippedWhole(root)
  // The desktop window is Electron with Chromium inside.
  const electron = resolved('electron', root)
  if (electron !== null) folders.add(electron)
  for (const module of modules) {
    const folder = packageOf(path.resolve(root, module))
    if (folder !== null && existsSync(path.join(folder, 'package.json'))) folders.add(folder)
  }
  /** @type {Map<string, Licence>} */
  const known = new Map()
  for (const folder of folders) {
    const licence = licenceOf(folder)
    if (licence !== null) known.set(`${licence.name} ${licence.version}`, licence)
  }
  const own = licenceOf(root)
  const others = [...known.values()].sort((one, other) => (one.name < other.name ? -1 : 1))
  return own === null ? others : [own, ...others]
}

/**
 * A plugin of vite that writes `licences.json` beside the window.
 * @param {string} root
 * @returns {import('vite').Plugin}
 */
export function licencesPlugin(root) {
  return {
    name: 'licences',
    generateBundle(_options, bundle) {
      const inputs = path.join(root, 'dist', 'main', bundledInputs)
      /** @type {{ inputs: Record<string, unknown> }} */
      const known = existsSync(inputs) ? JSON.parse(readFileSync(inputs, 'utf8')) : { inputs: {} }
      const bundled = Object.keys(known.inputs)
      // Files of packages that are no modules, such as fonts, named from the folder of the window.
      const files = Object.values(bundle).flatMap((output) => (output.type === 'asset' ? output.originalFileNames : []))
      const assets = files.map((file) => path.resolve(root, 'renderer', file))
      const licences = licencesOf(root, [...this.getModuleIds(), ...assets, ...bundled])
      this.emitFile({ type: 'asset', fileName: 'licences.json', source: JSON.stringify(licences) })
    },
  }
}
