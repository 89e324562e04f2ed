import type { Migration } from './migration.ts'

/** Stores what a person expects of a run before it begins. */
export const expectations: Migration = {
  version: 16,
  sql: `
    CREATE TABLE expectations (
      run INTEGER PRIMARY KEY REFERENCES runs (id),
      -- On the test set at the end, as a share.
      accuracy REAL CHECK (accuracy BETWEEN 0 AND 1),
      -- The run that it is compared with. It may be deleted for good meanwhile, so it is no reference.
      other INTEGER CHECK (other <> run),
      better TEXT CHECK (better IN ('this', 'other')),
      because TEXT NOT NULL,
      written_at TEXT NOT NULL,
      -- Null while the run waits in the queue.
      locked_at TEXT,
      CHECK ((other IS NULL) = (better IS NULL)),
      CHECK (accuracy IS NOT NULL OR other IS NOT NULL OR because <> '')
    ) STRICT;

    -- Whoever takes a run out of the queue, what was expected of it is locked.
    CREATE TRIGGER expectation_lock AFTER UPDATE OF state ON runs WHEN OLD.state = 'queued' AND NEW.state <> 'queued'
    BEGIN
      UPDATE expectations SET locked_at = NEW.active_at WHERE run = NEW.id;
    END;

    CREATE TRIGGER expectation_stays BEFORE UPDATE ON expectations WHEN OLD.locked_at IS NOT NULL
    BEGIN
      SELECT RAISE(ABORT, 'a locked expectation cannot be changed');
    END;

    -- It goes with its run alone.
    CREATE TRIGGER expectation_kept BEFORE DELETE ON expectations
    WHEN OLD.locked_at IS NOT NULL AND (SELECT erasing FROM runs WHERE id = OLD.run) = 0
    BEGIN
      SELECT RAISE(ABORT, 'a locked expectation cannot be taken back');
    END;
  `,
}
