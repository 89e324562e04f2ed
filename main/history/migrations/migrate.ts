import { beginning } from './1-beginning.ts'
import { validation } from './2-validation.ts'
import { queue } from './3-queue.ts'
import { forms } from './4-forms.ts'
import { waiting } from './5-waiting.ts'
import { health } from './6-health.ts'
import { networks } from './7-networks.ts'
import { marks } from './8-marks.ts'
import { sweeps } from './9-sweeps.ts'
import { branches } from './10-branches.ts'
import { example } from './11-example.ts'
import { lessons } from './12-lessons.ts'
import { deletedSweeps } from './13-deletedSweeps.ts'
import { colours } from './14-colours.ts'
import { continuations } from './15-continuations.ts'
import { expectations } from './16-expectations.ts'
import { clusters } from './17-clusters.ts'
import { weightsOrigins } from './18-weightsOrigins.ts'
import { eventFolders } from './19-eventFolders.ts'
import { leftJobs } from './20-leftJobs.ts'
import { durably } from '../transactions.ts'
import type { Connection } from '../connection.ts'
import type { Migration } from './migration.ts'

/** All migrations, in order. */
export const migrations: readonly Migration[] = [
  beginning,
  validation,
  queue,
  forms,
  waiting,
  health,
  networks,
  marks,
  sweeps,
  branches,
  example,
  lessons,
  deletedSweeps,
  colours,
  continuations,
  expectations,
  clusters,
  weightsOrigins,
  eventFolders,
  leftJobs,
]

/** The schema version that this Conv Lab reads and writes. */
export const newestVersion = migrations.length

/** Marks the file as a history of Conv Lab ("CLab" in ASCII), so that no other program's database is taken for one. */
export const applicationId = 0x434c_6162

/** The schema version of an open history; 0 if it has no tables. */
export function versionOf(connection: Connection): number {
  return Number(connection.pragma('user_version', { simple: true }))
}

/**
 * Migrates a history to the newest version, one transaction per migration, so that a crash leaves it intact at one of
 * the versions.
 */
export function migrate(connection: Connection, steps: readonly Migration[] = migrations): void {
  for (const { version, sql } of steps) {
    if (version <= versionOf(connection)) continue
    durably(connection, () => {
      connection.exec(sql)
      connection.pragma(`application_id = ${applicationId}`)
      connection.pragma(`user_version = ${version}`)
    })
  }
}
