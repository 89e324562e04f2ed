import type { Migration } from './migration.ts'

/** A person can choose the colour of a run in charts and tables. */
export const colours: Migration = {
  version: 14,
  sql: `
    -- Number of a series colour of the themes; null where the run has the one that its number gives it.
    ALTER TABLE runs ADD COLUMN colour INTEGER CHECK (colour BETWEEN 1 AND 6);
  `,
}
