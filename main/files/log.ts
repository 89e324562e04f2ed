import { appendFileSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'
import { inspect } from 'node:util'

/** Beyond this size the log begins anew; the former part stays beside it until the next time. */
const largestLogBytes = 1_000_000

export interface Log {
  readonly file: string
  /** Adds a line with the time, what was going on, and the thrown value with its stack. */
  add(what: string, thrown?: unknown): void
}

/**
 * The log of a home folder, for what nobody expected. It is written synchronously, because the process may be about to
 * end.
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
        // Without a log standard error is what is left: a full disk must not hide the first failure behind a second.
        process.stderr.write(`${what}${detail}\n(${inspect(failed)})\n`)
      }
    },
  }
}
