// Gives files and folders their final names.
import { renameSync } from 'node:fs'
import { codeOf } from './problem.mjs'

/** How long a name that the system refuses is tried again, and how often, in milliseconds. */
const patience = 10_000
const lookAgainAfter = 100

/**
 * What Windows answers while another program has a file open for a moment: virus scanners, the search index, programs
 * that keep a folder in a cloud. They look at each file that was just written, so a rename meets them.
 */
const heldForAMoment = new Set(['EPERM', 'EACCES', 'EBUSY'])

/**
 * Whether an error says that another program has the file open for a moment. On other systems none does.
 * @param {unknown} thrown
 * @param {NodeJS.Platform} platform
 */
export function isHeldForAMoment(thrown, platform) {
  return platform === 'win32' && heldForAMoment.has(codeOf(thrown))
}

/**
 * Renames a file or folder. On Windows a file that was just written is often held by another program for a moment, so
 * renaming is tried again there.
 * @param {string} from
 * @param {string} to
 * @param {{ rename?: (from: string, to: string) => void, platform?: NodeJS.Platform, wait?: number }} [options]  `wait`: how
 *   long, in milliseconds
 * @throws Error of the system
 */
export function renamePatiently(from, to, { rename = renameSync, platform = process.platform, wait = patience } = {}) {
  const end = performance.now() + wait
  for (;;) {
    try {
      return rename(from, to)
    } catch (thrown) {
      if (!isHeldForAMoment(thrown, platform) || performance.now() > end) throw thrown
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, lookAgainAfter)
  }
}
