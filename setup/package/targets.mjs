// The systems for which a portable archive is made, and what differs between them.
import path from 'node:path'
import { nodePackageFor, targets } from '../platform/platform.mjs'

/**
 * @typedef {object} Target
 * @property {import('../platform/platform.mjs').Target} name  as the command line and the archive name it
 * @property {NodeJS.Platform} platform
 * @property {string} architecture
 * @property {'tar.gz' | 'zip'} archive
 * @property {string} nodePackage  the npm package that carries Node
 * @property {string} nodeInPackage  Node's program in it
 * @property {string} nodeInFolder  Node's program in the portable folder
 * @property {readonly string[]} compiledPackages  npm packages with compiled parts for this system alone
 */

/**
 * @param {Target['name']} name
 * @param {Target['archive']} archive
 * @param {readonly string[]} compiledPackages
 * @returns {Target}
 */
function target(name, archive, compiledPackages) {
  const system = targets[name]
  const { name: nodePackage, program } = nodePackageFor(system)
  const nodeInFolder = `node/${path.posix.basename(program)}`
  return { name, ...system, archive, nodePackage, nodeInPackage: program, nodeInFolder, compiledPackages }
}

export const linux = target('linux-x64', 'tar.gz', ['@img/sharp-linux-x64', '@img/sharp-libvips-linux-x64'])

export const windows = target('win-x64', 'zip', ['@img/sharp-win32-x64'])

/** Written from the facts of its parts, and untried. */
export const macos = target('darwin-arm64', 'tar.gz', ['@img/sharp-darwin-arm64', '@img/sharp-libvips-darwin-arm64'])

const all = [linux, windows, macos]

/** The names of all targets. */
export const targetNames = all.map(({ name }) => name)

/**
 * The target of this name; undefined where there is none.
 * @param {string} wanted
 */
export function targetNamed(wanted) {
  return all.find(({ name }) => name === wanted)
}

/**
 * The name of the folder that an archive unpacks to.
 * @param {string} version
 * @param {Target} target
 */
export function folderName(version, target) {
  return `conv-lab-${version}-${target.name}`
}
