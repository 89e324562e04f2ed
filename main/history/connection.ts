import Database from 'better-sqlite3'
import { nativePath } from '../platform/nativePath.ts'
import { addSqlFunctions } from './sqlFunctions.ts'

export type Connection = Database.Database

/** Milliseconds to wait for another process that is only reading the file. An owner keeps its lock far longer. */
const lockTimeout = 500

/** Opens an existing database read-only. Nothing in the file or its write-ahead log can change. */
export function connectForReading(file: string): Connection {
  return new Database(nativePath(file), { readonly: true, timeout: lockTimeout })
}

/**
 * Opens a database, or creates it, and locks it until the connection is closed or the process ends for any reason.
 * @throws SqliteError `SQLITE_BUSY` when another process has the lock.
 */
export function connectAsOwner(file: string): Connection {
  const connection = new Database(nativePath(file), { timeout: lockTimeout })
  try {
    // Set before the write-ahead log, so that its index stays in this process's memory and the file is locked for all
    // others.
    connection.pragma('locking_mode = EXCLUSIVE')
    connection.pragma('journal_mode = WAL')
    connection.pragma('synchronous = NORMAL')
    connection.pragma('foreign_keys = ON')
    addSqlFunctions(connection)
    // The lock is taken with the first transaction, not with the pragmas.
    connection.exec('BEGIN IMMEDIATE; COMMIT')
    return connection
  } catch (thrown) {
    connection.close()
    throw thrown
  }
}

/** The version of SQLite itself. */
export function sqliteVersion(connection: Connection): string {
  return connection.prepare<[], string>('SELECT sqlite_version()').pluck().get() ?? ''
}
