import type { Migration } from './migration.ts'

/** Whether two stretches of a run have the same bits depends on the forms in which a network is computed, too. */
export const forms: Migration = {
  version: 4,
  sql: `
    -- Until now every convolution was TensorFlow's own operation.
    ALTER TABLE stretches ADD COLUMN forms INTEGER NOT NULL DEFAULT 1 CHECK (forms >= 1);
  `,
}
