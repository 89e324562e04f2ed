import { renameSync as renameAtOnce } from 'node:fs'
import { rename as renameOnce } from 'node:fs/promises'
import { retried, retriedSync } from './retried.ts'

/**
 * Gives a file or folder another name, in place of a file that has it. All that is written whole or not at all ends with
 * this.
 * @throws the system's error, for `writeProblem`.
 */
export function rename(from: string, to: string): Promise<void> {
  return retried(() => renameOnce(from, to))
}

/** The same at once, for the opening of a folder. */
export function renameSync(from: string, to: string): void {
  retriedSync(() => renameAtOnce(from, to))
}
