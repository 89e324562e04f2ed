import type { Migration } from './migration.ts'

/** Tells the runs of the example that comes with Conv Lab from a person's own, whatever is said of them. */
export const example: Migration = {
  version: 11,
  sql: `
    ALTER TABLE runs ADD COLUMN example INTEGER NOT NULL DEFAULT 0 CHECK (example IN (0, 1));
    CREATE INDEX runs_of_example ON runs (id) WHERE example = 1;
  `,
}
