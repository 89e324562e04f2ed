// What set-up must know of each system. A file beside this one holds all that is particular to one; the rest of set-up
// asks here, but for what a packed folder for a system holds beside the program: `setup/package` says that.
import { SetupProblem } from '../problem.mjs'
import { linux } from './linux.mjs'
import { macos } from './macos.mjs'
import { windows } from './windows.mjs'

/**
 * @typedef {import('../place.mjs').Place} Place
 * @typedef {import('../wheels/wheel.mjs').Wheel} Wheel
 *
 * @typedef {object} Architecture  one kind of processor on a system
 * @property {string} tensorflowFolder  the name of the library's folder in the cache, without the version
 * @property {Wheel[]} tensorflow  the wheels from which TensorFlow's library is taken
 * @property {Wheel} zig  the wheel with a compiler that runs on this system
 * @property {string} zigTarget  what the compiler calls this system
 * @property {Wheel} [node]  the wheel that carries Node, where npm has no package of it
 *
 * @typedef {object} Linking
 * @property {string[]} parameters  what the linker needs to be told
 * @property {string} here  how a run path says the folder of the file that has it
 * @property {(name: string) => string[]} named  what gives a library its name
 * @property {string[]} withEmptyLibraries  what it needs to be told besides where libraries stand in for the real ones
 *
 * @typedef {object} Platform
 * @property {string} name  as people call it
 * @property {string} short  its name in targets and in the names of npm's packages of Node
 * @property {Record<string, Architecture>} architectures  by Node's name of the processor
 * @property {string} nodeProgram  Node's program in its npm package
 * @property {string} zigProgram  the compiler's program in its wheel
 * @property {string[]} programEndings  what stands behind the name of a program that can be started
 * @property {string[]} pythons  how Python 3 may be called, the likeliest first
 * @property {string[]} compilers  C++ compilers that set-up knows to call, the likeliest first
 * @property {{ node: string, npm: string, python: string, compiler: string, chromium: string }} install  how a person
 *   gets what is missing
 * @property {string[]} browsers  programs that may be Chromium
 * @property {string[]} browserFiles  where Chromium usually is
 * @property {string | null} npmFromNode  npm's JavaScript, from the folder of Node's program, where npm itself is a script
 *   for a shell
 * @property {string} pythonInEnvironment  Python's program in a virtual environment
 * @property {{ api: string[], framework: string | null, beside: string[], python: string | null }} libraries  TensorFlow's
 *   library: the names that the file with the C API may have, the file with its framework, what else must lie beside the
 *   API's, and the file of Python's library if it asks for that
 * @property {Linking | null} linking  null where there are no run paths
 * @property {boolean} strips  a program `strip` takes away what only a debugger reads
 * @property {boolean} needsGlibc  the compiled parts need glibc
 * @property {string[]} screenVariables  the variables of which one is set where there is a screen; empty: there is one
 * @property {boolean} rootHasNoSandbox  Electron would have to run without the sandbox that the window relies on, as root
 * @property {boolean} sharesConsole  the system tells every program of a console when it is interrupted or closed, and
 *   programs can only end each other at once
 * @property {string} needs  a sentence: what TensorFlow's library needs of the system
 * @property {number | null} longestPath  characters that the path of a program to start may have; null: no limit that
 *   people meet
 */

/** @type {Partial<Record<NodeJS.Platform, Platform>>} */
const platforms = { linux, win32: windows, darwin: macos }

/**
 * The system of a place.
 * @param {{ platform: NodeJS.Platform }} place
 * @throws SetupProblem if Conv Lab does not know it
 */
export function platformOf({ platform }) {
  const known = platforms[platform]
  if (known !== undefined) return known
  throw new SetupProblem(`Conv Lab runs on Linux, Windows and macOS, and knows nothing of ${platform}.`)
}

/**
 * The processor of a place.
 * @param {{ platform: NodeJS.Platform, architecture: string }} place
 * @returns {Architecture | null} null if set-up brings nothing for it
 */
export function architectureOf(place) {
  return platformOf(place).architectures[place.architecture] ?? null
}

/**
 * npm's package of Node for a place.
 * @param {{ platform: NodeJS.Platform, architecture: string }} place
 * @returns {{ name: string, program: string }} `program`: Node's program in it, with slashes
 */
export function nodePackageFor(place) {
  const { short, nodeProgram } = platformOf(place)
  return { name: `node-${short}-${place.architecture}`, program: `bin/${nodeProgram}` }
}

/** @typedef {'linux-x64' | 'linux-arm64' | 'win-x64' | 'darwin-arm64'} Target  a system and its processor */

/**
 * The system and the processor of each target.
 * @type {Readonly<Record<Target, { platform: NodeJS.Platform, architecture: string }>>}
 */
export const targets = {
  'linux-x64': { platform: 'linux', architecture: 'x64' },
  'linux-arm64': { platform: 'linux', architecture: 'arm64' },
  'win-x64': { platform: 'win32', architecture: 'x64' },
  'darwin-arm64': { platform: 'darwin', architecture: 'arm64' },
}

/** @type {readonly Target[]} */
export const allTargets = ['linux-x64', 'linux-arm64', 'win-x64', 'darwin-arm64']

/**
 * The same clone and cache, as if it were on another system: what is made for such a place runs there.
 * @param {Place} place
 * @param {Target} target
 * @returns {Place}
 */
export function placeFor(place, target) {
  return { ...place, ...targets[target] }
}

/**
 * The target that a place is.
 * @param {{ platform: NodeJS.Platform, architecture: string }} place
 * @returns {Target | null} null if it is none
 */
export function targetOf({ platform, architecture }) {
  return (
    allTargets.find(
      (target) => targets[target].platform === platform && targets[target].architecture === architecture,
    ) ?? null
  )
}
