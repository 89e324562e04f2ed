import { statfsSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { ZodError } from 'zod'
import { misfitPhrase } from '../../core/words/issuePhrase.ts'
import { phrase, quoted } from '../../core/words/phrases.ts'
import { LabError, problem } from '../../core/words/problems.ts'
import type { Problem } from '../../core/words/problems.ts'
import { writeProblem } from '../files/atomicFile.ts'
import type { Home } from '../files/places.ts'

/** With fewer free bytes than this, neither a page nor the log of the history fits. */
const leastSpace = 65_536

/** Whether the disk is full. SQLite reports an I/O error, not a full disk, when even its log does not fit. */
function isFull(folder: string): boolean {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize < leastSpace
}

function problemOfCode(code: string, message: string, home: Home): Problem | null {
  // Extended codes begin with the primary one: SQLITE_IOERR_WRITE, SQLITE_BUSY_RECOVERY, SQLITE_CORRUPT_INDEX, ...
  const is = (primary: string) => code === primary || code.startsWith(`${primary}_`)
  if (is('SQLITE_BUSY'))
    return problem('home-in-use', {
      home: home.folder,
      detail: phrase('file-locked', { file: path.basename(home.history) }),
    })
  if (is('SQLITE_CORRUPT') || is('SQLITE_NOTADB'))
    return problem('history-damaged', { file: home.history, detail: quoted(message) })
  if (is('SQLITE_FULL') || (is('SQLITE_IOERR') && isFull(home.folder)))
    return problem('disk-full', { detail: path.basename(home.history) })
  if (is('SQLITE_IOERR') || is('SQLITE_READONLY') || is('SQLITE_CANTOPEN') || is('SQLITE_PERM'))
    return problem('write-failed', { path: home.history, detail: message })
  return null
}

function problemOfThrown(thrown: unknown, home: Home): Problem | null {
  if (thrown instanceof Database.SqliteError) return problemOfCode(thrown.code, thrown.message, home)
  if (thrown instanceof ZodError) {
    return problem('history-damaged', { file: home.history, detail: misfitPhrase(thrown) })
  }
  if (thrown instanceof SyntaxError)
    return problem('history-damaged', { file: home.history, detail: quoted(thrown.message) })
  // A file system call: this code also creates folders and deletes checkpoint files.
  if (thrown instanceof Error && 'syscall' in thrown && 'path' in thrown)
    return writeProblem(thrown, String(thrown.path)).problem
  return null
}

/**
 * Runs an action on the history and turns errors of SQLite and the file system into problems that a person can read.
 * Everything that enters the history was validated at the lab's boundary, so a stored value that its schema rejects
 * means a damaged file.
 * @throws LabError `home-in-use`, `history-damaged`, `disk-full`, `write-failed`; any other error unchanged.
 */
export function withProblems<Result>(home: Home, action: () => Result): Result {
  try {
    return action()
  } catch (thrown) {
    const of = problemOfThrown(thrown, home)
    throw of === null ? thrown : new LabError(of, { cause: thrown })
  }
}
