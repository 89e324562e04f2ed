import type { Migration } from './migration.ts'

/** A run can begin with a checkpoint of another. */
export const branches: Migration = {
  version: 10,
  sql: `
    -- sha256 of the checkpoint file with which a branch begins, as its configuration says; null for other runs.
    ALTER TABLE runs ADD COLUMN branch_sha256 TEXT;
    CREATE INDEX runs_of_branch_point ON runs (branch_sha256) WHERE branch_sha256 IS NOT NULL;
  `,
}
