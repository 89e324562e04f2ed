import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { phrase, quoted } from '../../core/words/phrases.ts'
import { refuse } from '../../core/words/problems.ts'
import type { Home } from '../files/places.ts'
import { glibcVersion } from '../platform/glibc.ts'
import { renameSync } from '../platform/rename.ts'
import { connectAsOwner, connectForReading } from './connection.ts'
import type { Connection } from './connection.ts'
import { settleCheckpointFiles } from './settleCheckpointFiles.ts'
import { markInterrupted } from './markInterrupted.ts'
import { applicationId, migrate, newestVersion, versionOf } from './migrations/migrate.ts'
import { withProblems } from './storageProblem.ts'
import { refuseOldGlibc } from './systemLibrary.ts'

function bytesOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

/**
 * Inspects a history without changing a byte: whether it is intact, belongs to Conv Lab, and has a schema version that
 * this Conv Lab knows. A damaged file must never be opened for writing, because closing it would copy the write-ahead
 * log into it.
 * @throws LabError `history-damaged` or `history-newer`.
 */
function inspect(home: Home): void {
  // The log is read first. A history that is just being created has its first page before its log, so this order never
  // takes it for a damaged one.
  const logBytes = bytesOf(`${home.history}-wal`)
  if (bytesOf(home.history) === 0) {
    // SQLite would treat a log without its file as garbage and delete it.
    if (logBytes > 0)
      refuse('history-damaged', {
        file: home.history,
        detail: phrase('only-wal-left', { file: `${path.basename(home.history)}-wal` }),
      })
    return
  }
  const connection = connectForReading(home.history)
  try {
    const version = versionOf(connection)
    const ours = connection.pragma('application_id', { simple: true }) === applicationId
    const tables = Number(connection.prepare('SELECT count(*) FROM sqlite_master').pluck().get())
    if (!ours && tables > 0) refuse('history-damaged', { file: home.history, detail: phrase('other-database', {}) })
    if (version > newestVersion) refuse('history-newer', { home: home.folder })
    const found = String(connection.pragma('quick_check(1)', { simple: true }))
    if (found !== 'ok') refuse('history-damaged', { file: home.history, detail: quoted(found.replaceAll('\n', ' ')) })
  } finally {
    connection.close()
  }
}

/**
 * Looks whether a history can be opened, without changing a byte. Nobody may own it meanwhile.
 * @throws LabError `history-damaged`, `history-newer`, `home-in-use` or `write-failed`.
 */
export function checkHistory(home: Home): void {
  withProblems(home, () => inspect(home))
}

/**
 * Moves existing checkpoints aside, whole, before a new history is created. A new history knows no runs, so they would
 * be deleted as orphans, and new runs would get the numbers of old ones. They belong to a history that was moved away
 * and may come back.
 */
function setOldCheckpointsAside(home: Home): void {
  if (statSync(home.checkpoints, { throwIfNoEntry: false }) === undefined || readdirSync(home.checkpoints).length === 0)
    return
  renameSync(home.checkpoints, `${home.checkpoints}-without-history-${new Date().toISOString().replaceAll(':', '-')}`)
}

/**
 * Opens the history of a home folder as its only owner. Creates the folder and the file if missing, migrates an older
 * version to the newest, and cleans up after a crash.
 * @throws LabError `glibc-too-old`, `home-in-use`, `history-damaged`, `history-newer`, `write-failed`, `disk-full`; the
 *   files are unchanged then.
 */
export function openConnection(home: Home): Connection {
  return withProblems(home, () => {
    refuseOldGlibc(glibcVersion())
    mkdirSync(home.folder, { recursive: true })
    inspect(home)
    const connection = connectAsOwner(home.history)
    try {
      // `inspect` needed the index of the log on disk. The owner keeps its own in memory, and nobody else can be
      // reading now.
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
