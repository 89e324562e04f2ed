import type { Migration } from './migration.ts'

/** Runs at rest can wait in the queue to be continued, among the runs that have not begun. */
export const continuations: Migration = {
  version: 15,
  sql: `
    -- The run keeps its state while it waits.
    CREATE TABLE queued_continuations (
      run INTEGER PRIMARY KEY REFERENCES runs (id),
      goal INTEGER NOT NULL CHECK (goal >= 1),
      -- Steps from one measurement of health to the next from then on; null: as before.
      health_every INTEGER CHECK (health_every >= 0),
      -- Counted together with runs.queue_place.
      place INTEGER NOT NULL
    ) STRICT;

    -- Everything in the queue; the lowest place is the next one.
    CREATE VIEW queue AS
      SELECT id AS run, queue_place AS place FROM runs WHERE queue_place IS NOT NULL
      UNION ALL SELECT run, place FROM queued_continuations;

    -- A run waits no longer once it trains, was put into the bin or archived, whoever did that.
    CREATE TRIGGER continuation_over AFTER UPDATE OF state, deleted_at, archived ON runs
    WHEN NEW.state NOT IN ('paused', 'stopped', 'interrupted', 'done') OR NEW.deleted_at IS NOT NULL OR NEW.archived = 1
    BEGIN
      DELETE FROM queued_continuations WHERE run = NEW.id;
    END;
  `,
}
