import type { Connection } from './connection.ts'

/**
 * Carries an action out in one transaction: all of it is stored or nothing. It survives the end of any process at once,
 * but a power failure only from the next `durably` on. Metrics are written so: after a power failure a run continues
 * from its last checkpoint, which takes later metrics away anyway, and waiting for the disk ten times a second would
 * hold the lab up for nothing.
 */
export function atomically<Result>(connection: Connection, action: () => Result): Result {
  return connection.transaction(action).immediate()
}

/**
 * The same, and waits until the disk has it. The write-ahead log is one file in order, so this makes every earlier
 * transaction survive a power failure too: with a checkpoint's row, all metrics up to its step.
 */
export function durably<Result>(connection: Connection, action: () => Result): Result {
  connection.pragma('synchronous = FULL')
  try {
    return atomically(connection, action)
  } finally {
    connection.pragma('synchronous = NORMAL')
  }
}
