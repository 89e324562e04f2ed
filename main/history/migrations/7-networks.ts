import type { Migration } from './migration.ts'

/** Stores networks of one's own with their versions, what the editor is at, and which network a run was begun with. */
export const networks: Migration = {
  version: 7,
  sql: `
    CREATE TABLE networks (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      -- The name as it is told apart from others, regardless of capital letters.
      name_key TEXT NOT NULL UNIQUE,
      note TEXT NOT NULL,
      created_at TEXT NOT NULL
    ) STRICT;

    CREATE TABLE network_versions (
      network INTEGER NOT NULL REFERENCES networks (id),
      version INTEGER NOT NULL CHECK (version >= 1),
      -- Canonical JSON; never rewritten.
      content TEXT NOT NULL,
      saved_at TEXT NOT NULL,
      PRIMARY KEY (network, version)
    ) STRICT, WITHOUT ROWID;

    -- The highest version that was ever saved under a name. It outlives the network, so that what a run says of the
    -- network that it was begun with never means another one.
    CREATE TABLE network_names (
      name_key TEXT PRIMARY KEY,
      last_version INTEGER NOT NULL CHECK (last_version >= 1)
    ) STRICT, WITHOUT ROWID;

    -- One row at most.
    CREATE TABLE network_draft (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      content TEXT NOT NULL
    ) STRICT;

    -- What the network of a run was called when it was begun; null for a preset's, and a version for one that was saved.
    ALTER TABLE runs ADD COLUMN network_name TEXT;
    ALTER TABLE runs ADD COLUMN network_version INTEGER CHECK (network_version >= 1);
  `,
}
