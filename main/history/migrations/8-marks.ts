import type { Migration } from './migration.ts'

/**
 * Runs can be named, noted, tagged, starred, archived and put into a bin, and are found by what they were begun with.
 * The settings that tables and searches of many runs need stand in columns of their own, so that no configuration must
 * be read for them. Needs the SQL function `sha256` of `sqlFunctions.ts`.
 */
export const marks: Migration = {
  version: 8,
  sql: `
    ALTER TABLE runs ADD COLUMN name TEXT;
    ALTER TABLE runs ADD COLUMN note TEXT NOT NULL DEFAULT '';
    ALTER TABLE runs ADD COLUMN star INTEGER NOT NULL DEFAULT 0 CHECK (star IN (0, 1));
    ALTER TABLE runs ADD COLUMN archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1));
    -- When it was put into the bin; null where it was not.
    ALTER TABLE runs ADD COLUMN deleted_at TEXT CHECK (deleted_at IS NULL OR state NOT IN ('queued', 'training'));
    -- 1 from when its files and rows begin to be erased. It is gone for everybody then; a crash leaves the rest of it.
    ALTER TABLE runs ADD COLUMN erasing INTEGER NOT NULL DEFAULT 0 CHECK (erasing = 0 OR deleted_at IS NOT NULL);
    ALTER TABLE runs ADD COLUMN sweep INTEGER;

    -- sha256 of the configuration without its seed: runs that repeat each other have one.
    ALTER TABLE runs ADD COLUMN repeats TEXT NOT NULL DEFAULT '';
    ALTER TABLE runs ADD COLUMN dataset TEXT NOT NULL DEFAULT '';
    ALTER TABLE runs ADD COLUMN optimizer TEXT NOT NULL DEFAULT '';
    ALTER TABLE runs ADD COLUMN schedule TEXT NOT NULL DEFAULT '';
    ALTER TABLE runs ADD COLUMN learning_rate REAL NOT NULL DEFAULT 0;
    ALTER TABLE runs ADD COLUMN batch INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE runs ADD COLUMN seed INTEGER NOT NULL DEFAULT 0;
    -- Steps of its best and of its last evaluation; null before the first.
    ALTER TABLE runs ADD COLUMN best_step INTEGER;
    ALTER TABLE runs ADD COLUMN last_step INTEGER;
    UPDATE runs SET
      repeats = sha256(json_remove(config, '$.seed')),
      dataset = json_extract(config, '$.data.dataset'),
      optimizer = json_extract(config, '$.optimizer.kind'),
      schedule = json_extract(config, '$.schedule.kind'),
      learning_rate = json_extract(config, '$.schedule.learningRate'),
      batch = json_extract(config, '$.batch'),
      seed = json_extract(config, '$.seed'),
      best_step = (SELECT step FROM evaluations WHERE run = runs.id ORDER BY chosen_by DESC, step LIMIT 1),
      last_step = (SELECT max(step) FROM evaluations WHERE run = runs.id);
    CREATE INDEX runs_under_way ON runs (state) WHERE state IN ('queued', 'training');
    CREATE INDEX runs_in_bin ON runs (deleted_at) WHERE deleted_at IS NOT NULL;

    CREATE TABLE run_tags (
      run INTEGER NOT NULL REFERENCES runs (id),
      -- The tag as it is told apart from others, regardless of capital letters.
      tag_key TEXT NOT NULL,
      tag TEXT NOT NULL,
      PRIMARY KEY (run, tag_key)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX run_tags_of_key ON run_tags (tag_key, tag);

    -- Bytes of the checkpoints of every run, without reading their rows.
    CREATE INDEX checkpoints_bytes ON checkpoints (run, bytes) WHERE present = 1;

    -- Tables of runs as a person has arranged and named them.
    CREATE TABLE views (
      name TEXT PRIMARY KEY,
      content TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
}
