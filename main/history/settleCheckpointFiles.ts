import { readdirSync, rmdirSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { temporaryPrefix } from '../files/atomicFile.ts'
import { checkpointFolder } from '../files/places.ts'
import type { Home } from '../files/places.ts'
import type { Connection } from './connection.ts'
import { durably } from './transactions.ts'

interface FileRow {
  readonly run: number
  readonly step: number
  readonly file: string
  readonly bytes: number
  readonly present: number
}

/** Only files that an engine writes are ever deleted. A person's own files in the folder stay. */
function isCheckpointFile(name: string): boolean {
  return name.endsWith('.safetensors') || name.startsWith(temporaryPrefix)
}

function deleteStrays(home: Home, rows: readonly FileRow[]): void {
  const known = new Set(rows.map((row) => path.join(checkpointFolder(home, row.run), row.file)))
  const runs = new Set(rows.map((row) => String(row.run)))
  if (statSync(home.checkpoints, { throwIfNoEntry: false }) === undefined) return
  for (const entry of readdirSync(home.checkpoints, { withFileTypes: true })) {
    if (!entry.isDirectory() || !/^\d+$/.test(entry.name)) continue
    const folder = path.join(home.checkpoints, entry.name)
    for (const name of readdirSync(folder)) {
      if (isCheckpointFile(name) && !known.has(path.join(folder, name)))
        rmSync(path.join(folder, name), { force: true, recursive: true })
    }
    if (!runs.has(entry.name) && readdirSync(folder).length === 0) rmdirSync(folder)
  }
}

/**
 * Makes rows and files agree after a crash. A file without a row never counted and is deleted, even if half-written. A
 * row whose file is missing or truncated does not count until the file is back.
 */
export function settleCheckpointFiles(connection: Connection, home: Home): void {
  const rows = connection.prepare<[], FileRow>('SELECT run, step, file, bytes, present FROM checkpoints').all()
  deleteStrays(home, rows)
  const mark = connection.prepare<[number, number, number]>(
    'UPDATE checkpoints SET present = ? WHERE run = ? AND step = ?',
  )
  durably(connection, () => {
    for (const row of rows) {
      const file = statSync(path.join(checkpointFolder(home, row.run), row.file), { throwIfNoEntry: false })
      const present = file?.size === row.bytes ? 1 : 0
      if (present !== row.present) mark.run(present, row.run, row.step)
    }
  })
}
