import type { Migration } from './migration.ts'

/**
 * Evaluations also cover the images held out for validation, the best is chosen on them if there are any, and runs can
 * end early.
 */
export const validation: Migration = {
  version: 2,
  sql: `
    -- Evaluations in a row without a better one after which the run ends; null where it goes to its goal.
    ALTER TABLE runs ADD COLUMN patience INTEGER;

    ALTER TABLE evaluations ADD COLUMN validation_loss REAL;
    ALTER TABLE evaluations ADD COLUMN validation_accuracy REAL;
    -- What the best evaluation is chosen by.
    ALTER TABLE evaluations ADD COLUMN chosen_by REAL GENERATED ALWAYS AS (coalesce(validation_accuracy, accuracy)) VIRTUAL;
    DROP INDEX evaluations_best;
    CREATE INDEX evaluations_best ON evaluations (run, chosen_by DESC, step);
  `,
}
