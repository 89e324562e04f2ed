import { appendFileSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'
import { inspect } from 'node:util'

/** Beyond this size the log starts again. The previous part is kept next to it until the next time. */
const largestLogBytes = 1_000_000

export interface Log {
  readonly file: string
  /** Adds a line with the time, the activity, and the thrown value with its stack. */
  add(what: string, thrown?: unknown): void
}

/**
 * The log of a home folder, for unexpected errors. Writes are synchronous, because the process may be about to end.
 * @param folder An existing folder.
 */
export function openLog(folder: string): Log {
  const file = path.join(folder, 'conv-lab.log')
  return {
    file,
    add(what, thrown) {
      const detail = thrown === undefined ? '' : ` ${inspect(thrown, { depth: 4 })}`
      try {
        if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > largestLogBytes) renameSync(file, `${file}.old`)
        appendFileSync(file, `${new Date().toISOString()} ${what}${detail}\n`)
      } catch (failed) {
        // If the log cannot be written, fall back to standard error. A full disk must not hide the first failure behind
        // a second.
        process.stderr.write(`${what}${detail}\n(${inspect(failed)})\n`)
      }
    },
  }
}
