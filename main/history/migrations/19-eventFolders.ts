import type { Migration } from './migration.ts'

/** A run can also be written for TensorBoard while it trains. */
export const eventFolders: Migration = {
  version: 19,
  sql: `
    CREATE TABLE event_folders (
      run INTEGER PRIMARY KEY REFERENCES runs (id),
      folder TEXT NOT NULL,
      -- JSON: why nothing more is written there; null while it goes on.
      problem TEXT
    ) STRICT;
  `,
}
