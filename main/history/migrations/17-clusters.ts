import type { Migration } from './migration.ts'

/** Sweeps can train on a cluster, and a stretch of a run says on which computer it was computed. */
export const clusters: Migration = {
  version: 17,
  sql: `
    CREATE TABLE cluster_sweeps (
      sweep INTEGER PRIMARY KEY REFERENCES sweeps (id),
      -- JSON: the address, and how a run trains there.
      place TEXT NOT NULL,
      -- The cluster's name of the job that trains; null while none does.
      job TEXT,
      -- What a person asked for that the cluster has not done yet.
      asked TEXT CHECK (asked IN ('paused', 'cancelled'))
    ) STRICT;

    -- The node of a cluster; null: the computer of this home folder.
    ALTER TABLE stretches ADD COLUMN computer TEXT;
  `,
}
