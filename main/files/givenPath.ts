import { homedir } from 'node:os'
import path from 'node:path'

/**
 * A path as a person wrote it, in full: `~` is their home folder, as in a terminal, and the rest begins where the
 * program runs. `~name`, the home folder of somebody else, is a file of this name.
 */
export function givenPath(written: string): string {
  if (written === '~') return homedir()
  return /^~[\\/]/.test(written) ? path.join(homedir(), written.slice(2)) : path.resolve(written)
}
