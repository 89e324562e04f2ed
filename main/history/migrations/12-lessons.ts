import type { Migration } from './migration.ts'

/** Stores what was answered in the lessons. */
export const lessons: Migration = {
  version: 12,
  sql: `
    -- One row: from which the numbers of this home folder's questions are drawn.
    CREATE TABLE lesson_seed (
      place INTEGER PRIMARY KEY CHECK (place = 1),
      seed INTEGER NOT NULL CHECK (seed BETWEEN 0 AND 4294967295)
    ) STRICT;

    CREATE TABLE lesson_answers (
      id INTEGER PRIMARY KEY,
      question TEXT NOT NULL,
      drawing INTEGER NOT NULL CHECK (drawing >= 0),
      -- JSON: a number or the name of an option.
      answer TEXT NOT NULL,
      correct INTEGER NOT NULL CHECK (correct IN (0, 1)),
      answered_at TEXT NOT NULL,
      UNIQUE (question, drawing)
    ) STRICT;
  `,
}
