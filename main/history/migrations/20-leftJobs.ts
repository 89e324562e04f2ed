import type { Migration } from './migration.ts'

/** A sweep's job is known until it is cleared up on its cluster, which may not answer when the sweep ends. */
export const leftJobs: Migration = {
  version: 20,
  sql: `
    -- Jobs that are still to be stopped on their cluster. A sweep that is deleted leaves them.
    CREATE TABLE left_jobs (
      job TEXT PRIMARY KEY,
      sweep INTEGER NOT NULL,
      -- JSON: as in cluster_sweeps.
      place TEXT NOT NULL
    ) STRICT;
  `,
}
