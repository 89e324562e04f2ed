import type { Migration } from './migration.ts'

/** Runs can wait in a queue, in an order that a person can change. */
export const queue: Migration = {
  version: 3,
  sql: `
    -- Order among the queued runs, the lowest first; there may be gaps. Every queued run has one and no other run does.
    ALTER TABLE runs ADD COLUMN queue_place INTEGER CHECK ((queue_place IS NOT NULL) = (state = 'queued'));
    CREATE INDEX runs_queued ON runs (queue_place) WHERE queue_place IS NOT NULL;
  `,
}
