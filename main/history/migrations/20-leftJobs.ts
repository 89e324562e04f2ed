import type { Migration } from './migration.ts'

/** A sweep can be ended here while its cluster does not answer. */
export const leftJobs: Migration = {
  version: 20,
  sql: `
    -- Jobs that are still to be stopped on their cluster.
    CREATE TABLE left_jobs (
      job TEXT PRIMARY KEY,
      -- JSON: as in cluster_sweeps.
      place TEXT NOT NULL
    ) STRICT;
  `,
}
