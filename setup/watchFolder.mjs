// The progress of a download by another program: the size of what it has written.
import { statSync } from 'node:fs'
import { filesUnder } from './fingerprint.mjs'
import { codeOf } from './problem.mjs'

/**
 * The bytes of all files in a folder. Files may vanish while they are counted.
 * @param {string} folder
 */
export function folderSize(folder) {
  return filesUnder([folder]).reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0)
}

/**
 * Reports the size of a folder every half second.
 * @param {string} folder
 * @param {(bytes: number) => void} tell
 * @returns {() => void} stops it
 */
export function watchFolder(folder, tell) {
  const timer = setInterval(() => {
    try {
      tell(folderSize(folder))
    } catch (thrown) {
      // The folder vanished between two checks; the next one counts again.
      if (codeOf(thrown) !== 'ENOENT') throw thrown
    }
  }, 500)
  return () => clearInterval(timer)
}
