import type { Migration } from './migration.ts'

/** Stores the time in which a run neither trains nor is evaluated. */
export const waiting: Migration = {
  version: 5,
  sql: `
    -- Of what was trained before this was counted, nothing is known: it begins at 0.
    ALTER TABLE runs ADD COLUMN waiting_seconds REAL NOT NULL DEFAULT 0;
    -- From being queued to the beginning.
    ALTER TABLE runs ADD COLUMN queued_seconds REAL NOT NULL DEFAULT 0;
  `,
}
