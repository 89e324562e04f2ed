import type { Migration } from './migration.ts'

/** Where the weights from elsewhere came from with which runs begin, for their reader. */
export const weightsOrigins: Migration = {
  version: 18,
  sql: `
    CREATE TABLE weights_origins (
      -- Of the file that keeps them.
      sha256 TEXT PRIMARY KEY,
      -- The name of the file that they were taken from; null where they were taken from a run.
      file TEXT,
      -- The run and step of their checkpoint. The run may be gone since.
      run INTEGER,
      step INTEGER,
      variables INTEGER NOT NULL,
      -- JSON: names of the variables that begin anew.
      anew TEXT NOT NULL,
      CHECK ((file IS NULL) = (run IS NOT NULL) AND (run IS NULL) = (step IS NULL))
    ) STRICT;
  `,
}
