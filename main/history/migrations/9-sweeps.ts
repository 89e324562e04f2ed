import type { Migration } from './migration.ts'

/** Stores sweeps: the plan of each, how it stands, and which run each of its trials has. */
export const sweeps: Migration = {
  version: 9,
  sql: `
    -- AUTOINCREMENT: runs keep the number of their sweep, so it is never given twice.
    CREATE TABLE sweeps (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      -- Canonical JSON; never rewritten. All else of a sweep follows from it and from its runs.
      plan TEXT NOT NULL,
      runs INTEGER NOT NULL CHECK (runs >= 1),
      state TEXT NOT NULL CHECK (state IN ('active', 'paused', 'done', 'cancelled')),
      reason TEXT,
      problem TEXT,
      created_at TEXT NOT NULL,
      ended_at TEXT
    ) STRICT;

    -- The trials that were begun, numbered from 0 without a gap. A row outlives its run, which a person may delete.
    CREATE TABLE sweep_trials (
      sweep INTEGER NOT NULL REFERENCES sweeps (id),
      trial INTEGER NOT NULL CHECK (trial >= 0),
      -- Null for a trial that could not begin; problem says why.
      run INTEGER,
      problem TEXT,
      PRIMARY KEY (sweep, trial)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sweep_trials_of_run ON sweep_trials (run) WHERE run IS NOT NULL;
  `,
}
