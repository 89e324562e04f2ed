import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { refuse } from '../../core/words/problems.ts'
import type { Home } from '../files/places.ts'
import { connectAsOwner, connectForReading } from './connection.ts'
import type { Connection } from './connection.ts'
import { settleCheckpointFiles } from './settleCheckpointFiles.ts'
import { markInterrupted } from './markInterrupted.ts'
import { applicationId, migrate, newestVersion, versionOf } from './migrations/migrate.ts'
import { withProblems } from './storageProblem.ts'

function bytesOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

/**
 * Looks at a history without changing a byte of it: whether it is whole, ours, and of a form this Conv Lab knows.
 * A damaged file must never be opened for writing: closing it would copy the write-ahead log into it.
 * @throws LabError `history-damaged` or `history-newer`.
 */
function inspect(home: Home): void {
  // In this order: a history that is just being made has its first page before its log, so it is never taken for a
  // damaged one.
  const logBytes = bytesOf(`${home.history}-wal`)
  if (bytesOf(home.history) === 0) {
    // SQLite would take a log without its file for rubbish and delete it.
    if (logBytes > 0)
      refuse('history-damaged', { file: home.history, detail: `only ${path.basename(home.history)}-wal is left of it` })
    return
  }
  const connection = connectForReading(home.history)
  try {
    const version = versionOf(connection)
    const ours = connection.pragma('application_id', { simple: true }) === applicationId
    const tables = Number(connection.prepare('SELECT count(*) FROM sqlite_master').pluck().get())
    if (!ours && tables > 0)
      refuse('history-damaged', { file: home.history, detail: 'it is a database of another program' })
    if (version > newestVersion) refuse('history-newer', { home: home.folder })
    const found = String(connection.pragma('quick_check(1)', { simple: true }))
    if (found !== 'ok') refuse('history-damaged', { file: home.history, detail: found.replaceAll('\n', ' ') })
  } finally {
    connection.close()
  }
}

/**
 * A new history knows no run, so every checkpoint already there would be deleted as nobody's, and new runs would get
 * the numbers of old ones. Such checkpoints belong to a history that was moved away and may come back: they are moved
 * aside, whole.
 */
function setOldCheckpointsAside(home: Home): void {
  if (statSync(home.checkpoints, { throwIfNoEntry: false }) === undefined || readdirSync(home.checkpoints).length === 0)
    return
  renameSync(home.checkpoints, `${home.checkpoints}-without-history-${new Date().toISOString().replaceAll(':', '-')}`)
}

/**
 * Opens the history of a home folder, as its one owner: makes folder and file when they are not there, brings an older
 * form to the newest, and puts in order what a crash left behind.
 * @throws LabError `home-in-use`, `history-damaged`, `history-newer`, `write-failed`, `disk-full`; the files are as
 *   they were.
 */
export function openConnection(home: Home): Connection {
  return withProblems(home, () => {
    mkdirSync(home.folder, { recursive: true })
    inspect(home)
    const connection = connectAsOwner(home.history)
    try {
      // `inspect` needed an index of the log on disk; the owner has its own in memory, and nobody else can be reading
      // now.
      rmSync(`${home.history}-shm`, { force: true })
      if (versionOf(connection) === 0) setOldCheckpointsAside(home)
      migrate(connection)
      markInterrupted(connection)
      settleCheckpointFiles(connection, home)
      return connection
    } catch (thrown) {
      connection.close()
      throw thrown
    }
  })
}
