import type { Migration } from './migration.ts'

/** Stores the version of the graphs, because it too decides whether two stretches of a run have the same bits. */
export const forms: Migration = {
  version: 4,
  sql: `
    -- Until now every convolution was TensorFlow's own operation.
    ALTER TABLE stretches ADD COLUMN forms INTEGER NOT NULL DEFAULT 1 CHECK (forms >= 1);
  `,
}
