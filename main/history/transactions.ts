import type { Connection } from './connection.ts'

/**
 * Runs an action in one transaction: all of it is stored or nothing. It survives the end of any process at once, but a
 * power failure only after the next `durably`. Metrics are written this way. After a power failure a run continues from
 * its last checkpoint, which deletes later metrics anyway, and waiting for the disk ten times a second would slow the
 * lab down for nothing.
 */
export function atomically<Result>(connection: Connection, action: () => Result): Result {
  return connection.transaction(action).immediate()
}

/**
 * Like `atomically`, and waits until the disk has it. The write-ahead log is one sequential file, so every earlier
 * transaction survives a power failure too: with a checkpoint's row, all metrics up to its step.
 */
export function durably<Result>(connection: Connection, action: () => Result): Result {
  connection.pragma('synchronous = FULL')
  try {
    return atomically(connection, action)
  } finally {
    connection.pragma('synchronous = NORMAL')
  }
}
