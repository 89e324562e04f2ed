import type { Migration } from './migration.ts'

/** Stores the health of networks while they train. */
export const health: Migration = {
  version: 6,
  sql: `
    -- Steps from one measurement to the next, 0 for none; null where nobody has chosen.
    ALTER TABLE runs ADD COLUMN health_every INTEGER CHECK (health_every >= 0);

    -- A layer after a step. Null: it has none of the kind, or the value was not finite.
    CREATE TABLE health (
      run INTEGER NOT NULL REFERENCES runs (id),
      -- Order in the network.
      place INTEGER NOT NULL CHECK (place >= 0),
      step INTEGER NOT NULL CHECK (step >= 0),
      layer TEXT NOT NULL,
      images INTEGER NOT NULL CHECK (images >= 1),
      finite INTEGER NOT NULL CHECK (finite IN (0, 1)),
      units INTEGER,
      silent INTEGER,
      gradient_norm REAL,
      weight_norm REAL,
      update_ratio REAL,
      PRIMARY KEY (run, place, step)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX health_steps ON health (run, step);

    CREATE TABLE health_histograms (
      run INTEGER NOT NULL REFERENCES runs (id),
      place INTEGER NOT NULL CHECK (place >= 0),
      observed TEXT NOT NULL CHECK (observed IN ('weights', 'activations', 'gradients')),
      step INTEGER NOT NULL CHECK (step >= 0),
      low REAL NOT NULL,
      high REAL NOT NULL,
      -- uint32 each, little endian.
      counts BLOB NOT NULL,
      PRIMARY KEY (run, place, observed, step)
    ) STRICT, WITHOUT ROWID;
  `,
}
