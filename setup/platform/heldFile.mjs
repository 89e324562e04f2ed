// Files that another program has open, and what a system answers about them.
import { codeOf } from '../problem.mjs'

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
