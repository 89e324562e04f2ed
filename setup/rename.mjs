// Gives files and folders their final names.
import { renameSync } from 'node:fs'
import { isHeldForAMoment } from './platform/heldFile.mjs'

/** How long a name that the system refuses is tried again, and how often, in milliseconds. */
const patience = 10_000
const lookAgainAfter = 100

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
