import { createHash } from 'node:crypto'
import type { Database } from 'better-sqlite3'

/** Gives a connection the functions that SQLite lacks: `sha256(text)`, in hexadecimal digits. */
export function addSqlFunctions(connection: Database): void {
  connection.function('sha256', { deterministic: true }, (text: unknown) =>
    createHash('sha256').update(String(text)).digest('hex'),
  )
}
