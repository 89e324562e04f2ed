import type { Migration } from './migration.ts'

/**
 * The first schema of the history: runs, their metrics, evaluations, checkpoints and stretches, and the preferences of
 * the window. Times are ISO 8601 in UTC. Seconds are training time since step 0, without evaluation and loading.
 */
export const beginning: Migration = {
  version: 1,
  sql: `
    -- AUTOINCREMENT: a run's number names its checkpoint folder, so it is never given twice.
    CREATE TABLE runs (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      preset TEXT NOT NULL,
      -- Canonical JSON, exactly the bytes that were hashed; never rewritten.
      config TEXT NOT NULL,
      config_sha256 TEXT NOT NULL,
      goal INTEGER NOT NULL,
      evaluate_every INTEGER NOT NULL,
      train_images INTEGER NOT NULL,
      state TEXT NOT NULL,
      problem TEXT,
      -- Last step whose metrics are stored, and the training seconds at it.
      step INTEGER NOT NULL DEFAULT 0,
      training_seconds REAL NOT NULL DEFAULT 0,
      created_at TEXT NOT NULL,
      -- When the run last wrote something: for a crashed run the last moment that is known of it.
      active_at TEXT NOT NULL,
      ended_at TEXT
    ) STRICT;

    CREATE TABLE steps (
      run INTEGER NOT NULL REFERENCES runs (id),
      step INTEGER NOT NULL CHECK (step >= 1),
      loss REAL NOT NULL,
      accuracy REAL NOT NULL,
      seconds REAL NOT NULL,
      PRIMARY KEY (run, step)
    ) STRICT, WITHOUT ROWID;

    -- Bucket b of a size covers the steps b * size + 1 .. (b + 1) * size. A row is there once all its steps are.
    CREATE TABLE summaries (
      run INTEGER NOT NULL REFERENCES runs (id),
      size INTEGER NOT NULL,
      bucket INTEGER NOT NULL,
      seconds REAL NOT NULL,
      loss_min REAL NOT NULL,
      loss_max REAL NOT NULL,
      loss_sum REAL NOT NULL,
      accuracy_min REAL NOT NULL,
      accuracy_max REAL NOT NULL,
      accuracy_sum REAL NOT NULL,
      PRIMARY KEY (run, size, bucket)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE evaluations (
      run INTEGER NOT NULL REFERENCES runs (id),
      step INTEGER NOT NULL CHECK (step >= 0),
      loss REAL NOT NULL,
      accuracy REAL NOT NULL,
      -- How long this evaluation took.
      evaluation_seconds REAL NOT NULL,
      PRIMARY KEY (run, step)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX evaluations_best ON evaluations (run, accuracy DESC, step);

    CREATE TABLE checkpoints (
      run INTEGER NOT NULL REFERENCES runs (id),
      step INTEGER NOT NULL CHECK (step >= 0),
      file TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      reason TEXT NOT NULL,
      training_seconds REAL NOT NULL,
      created_at TEXT NOT NULL,
      -- 0 while its file is not where it belongs; such a row does not count, until the file is back.
      present INTEGER NOT NULL DEFAULT 1 CHECK (present IN (0, 1)),
      PRIMARY KEY (run, step)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE stretches (
      id INTEGER PRIMARY KEY,
      run INTEGER NOT NULL REFERENCES runs (id),
      from_step INTEGER NOT NULL,
      to_step INTEGER,
      tensorflow TEXT NOT NULL,
      binding TEXT NOT NULL,
      node TEXT NOT NULL,
      processor TEXT NOT NULL,
      threads INTEGER NOT NULL,
      started_at TEXT NOT NULL,
      ended_at TEXT,
      ended TEXT
    ) STRICT;
    CREATE INDEX stretches_of_run ON stretches (run, id);
    CREATE UNIQUE INDEX stretches_going_on ON stretches (run) WHERE ended IS NULL;

    CREATE TABLE preferences (
      name TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
}
