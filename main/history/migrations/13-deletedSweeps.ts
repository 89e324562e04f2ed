import type { Migration } from './migration.ts'

/** Sweeps can be deleted, and restored for as long as runs in the bin can. */
export const deletedSweeps: Migration = {
  version: 13,
  sql: `
    -- When it was deleted; null where it was not.
    ALTER TABLE sweeps ADD COLUMN deleted_at TEXT CHECK (deleted_at IS NULL OR state <> 'active');
    -- The runs that went into the bin with it, as a JSON list: they come back with it.
    ALTER TABLE sweeps ADD COLUMN deleted_runs TEXT NOT NULL DEFAULT '[]';
  `,
}
