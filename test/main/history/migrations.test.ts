import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { networkOf } from '../../../core/network/network.ts'
import { RunDetail } from '../../../core/run/run.ts'
import type { Home } from '../../../main/files/places.ts'
import { connectAsOwner } from '../../../main/history/connection.ts'
import type { Connection } from '../../../main/history/connection.ts'
import { migrate, migrations, newestVersion, versionOf } from '../../../main/history/migrations/migrate.ts'
import type { Migration } from '../../../main/history/migrations/migration.ts'
import { openHistory, temporaryHome } from './temporaryHome.ts'
import { config, engine } from './testRun.ts'

/** A home folder with the history that a Conv Lab of version 1 left. */
function homeOfVersion1(): Home {
  const home = temporaryHome()
  mkdirSync(home.folder)
  const file = new Database(home.history)
  file.exec(readFileSync(path.join(import.meta.dirname, 'fixtures', 'version-1.sql'), 'utf8'))
  file.close()
  return home
}

function emptyConnection(): Connection {
  const home = temporaryHome()
  mkdirSync(home.folder)
  return connectAsOwner(home.history)
}

/** What the history consists of, without the spaces of the text that made it. */
function formOf(connection: Connection): Map<string, string> {
  const rows = connection
    .prepare<[], { name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'",
    )
    .all()
  return new Map(rows.map((row) => [row.name, row.sql.replace(/\s+/g, ' ')]))
}

describe('migrations', () => {
  test('are numbered without a gap', () => {
    expect(migrations.map((migration) => migration.version)).toEqual(
      Array.from({ length: newestVersion }, (_, index) => index + 1),
    )
  })

  test('the first one still makes what it made when it was released', () => {
    const old = new Database(homeOfVersion1().history)
    const made = emptyConnection()
    migrate(made, migrations.slice(0, 1))
    try {
      expect(formOf(made)).toEqual(formOf(old))
      expect(versionOf(made)).toBe(1)
    } finally {
      old.close()
      made.close()
    }
  })

  test('one that fails leaves the history whole at the version before', () => {
    const connection = emptyConnection()
    const failing: Migration = {
      version: newestVersion + 1,
      sql: 'ALTER TABLE runs ADD COLUMN unfinished TEXT; INSERT INTO nowhere VALUES (1);',
    }
    try {
      expect(() => migrate(connection, [...migrations, failing])).toThrow(/no such table: nowhere/)
      expect(versionOf(connection)).toBe(newestVersion)
      expect(formOf(connection).get('runs')).not.toContain('unfinished')
    } finally {
      connection.close()
    }
  })

  test('run once: those that were carried out are passed over', () => {
    const connection = emptyConnection()
    const counting: Migration = {
      version: newestVersion + 1,
      sql: 'CREATE TABLE seen (time TEXT) STRICT; INSERT INTO seen VALUES (1);',
    }
    try {
      migrate(connection, [...migrations, counting])
      migrate(connection, [...migrations, counting])
      expect(connection.prepare('SELECT count(*) FROM seen').pluck().get()).toBe(1)
    } finally {
      connection.close()
    }
  })
})

test('a history of version 1 is read whole', () => {
  const history = openHistory(homeOfVersion1())
  expect(history.runs().map((run) => [run.id, run.state, run.trainImages])).toEqual([
    [2, 'failed', 60_000],
    [1, 'done', 50_000],
  ])
  const run = RunDetail.parse(history.detail(1))
  expect(run).toMatchObject({
    preset: 'seed',
    network: null,
    config,
    goal: 2500,
    step: 70,
    trainingSeconds: 35,
    evaluationSeconds: 3,
    waitingSeconds: 0,
    queuedSeconds: 0,
    expectation: null,
    weights: null,
    eventFolder: null,
    imagesPerSecond: 200,
    best: { step: 70, loss: 1.5, accuracy: 0.5 },
    stretches: [{ fromStep: 0, toStep: 70, engine: { ...engine, graphVersion: 1 }, ended: 'done' }],
  })
  expect(history.run(2).problem).toEqual({
    code: 'loss-not-finite',
    parameters: { value: 'NaN', step: 4, checkpoint: 0 },
  })
  expect(history.curve({ run: 1, metric: 'accuracy', points: 1 })).toMatchObject({
    step: [70],
    seconds: [35],
    min: [0.0001],
    max: [0.007],
  })
  expect(history.readPreferences()).toMatchObject({ language: 'ru', theme: 'dark' })
  expect([history.networks(), history.networkDraft()]).toEqual([[], null])
  expect(history.saveNetwork('first', '', networkOf(config.model)).version).toBe(1)
})
