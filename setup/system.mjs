// Whether this computer can run Conv Lab at all, asked before anything is fetched.
import { glibcVersion, isLowerVersion, lowestGlibc, systemsWithGlibc } from './platform/glibc.mjs'
import { platformOf } from './platform/platform.mjs'
import { SetupProblem } from './problem.mjs'

/** @typedef {import('./place.mjs').Place} Place */

/** The longest path in a clone of a program that set-up starts. */
const longestProgram = 'node_modules/@esbuild/win32-x64/esbuild.exe'

/**
 * Why Conv Lab cannot run here.
 * @param {Place} place
 * @param {string | null} glibc  the version of this system's; null if it has none
 * @returns {string | null} a sentence; null if it can
 */
export function reasonAgainst(place, glibc) {
  const { longestPath, name, needsGlibc } = platformOf(place)
  if (needsGlibc && (glibc === null || isLowerVersion(glibc, lowestGlibc)))
    return `Conv Lab needs a Linux with glibc ${lowestGlibc} or later (${systemsWithGlibc}); this one has ${glibc === null ? 'another C library' : `glibc ${glibc}`}. Start it on a newer system.`
  const room = longestPath === null ? Infinity : longestPath - longestProgram.length - 1
  if (place.root.length > room)
    return `The path of this folder is ${place.root.length} characters long (${place.root}), and ${name} starts no program from a path over ${longestPath}. Move the folder to a shorter path, of at most ${room} characters, such as C:\\conv-lab, and run the command again.`
  return null
}

/** @type {import('./steps.mjs').Step} */
export const system = {
  name: 'This computer',
  current: (place) => reasonAgainst(place, glibcVersion()) === null,
  make(place) {
    return Promise.reject(new SetupProblem(reasonAgainst(place, glibcVersion()) ?? ''))
  },
}
