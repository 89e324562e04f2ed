import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { canonicalJson } from '../../../core/numbers/canonicalJson.ts'
import { requestFor } from '../../../core/run/presets.ts'
import { PresetId, type RunConfig } from '../../../core/run/run.ts'
import type { Home } from '../../../main/files/places.ts'
import { storedConfig } from '../../../main/history/configs.ts'
import { connectAsOwner } from '../../../main/history/connection.ts'
import { migrate, migrations } from '../../../main/history/migrations/migrate.ts'
import { card } from '../../renderer/sampleRuns.ts'
import { openHistory, temporaryHome } from './temporaryHome.ts'
import { config } from './testRun.ts'

/** The configurations of all presets, with numbers of many sizes. */
const configs: readonly RunConfig[] = [
  config,
  { ...config, seed: 4_294_967_295, schedule: { kind: 'constant', learningRate: 1e-7, warmUp: null } },
  ...PresetId.options.map((id) => requestFor(id, card, { sha256: 'a'.repeat(64) }, { seed: 3 }).config),
]

/** The repeats of a configuration by its definition. */
function repeatsOf({ seed: _, ...rest }: RunConfig): string {
  return createHash('sha256').update(canonicalJson(rest)).digest('hex')
}

/** A home folder whose history a Conv Lab of version 7 left, with a run of each configuration and evaluations. */
function homeOfVersion7(): Home {
  const home = temporaryHome()
  mkdirSync(home.folder)
  const connection = connectAsOwner(home.history)
  migrate(connection, migrations.slice(0, 7))
  const insert = connection.prepare(
    `INSERT INTO runs (preset, config, config_sha256, goal, evaluate_every, train_images, state, step, created_at, active_at)
     VALUES ('seed', ?, ?, 100, 10, 5000, 'done', 100, '2026-11-01T00:00:00.000Z', '2026-11-01T00:00:00.000Z')`,
  )
  for (const { text, sha256 } of configs.map(storedConfig)) insert.run(text, sha256)
  const evaluate = connection.prepare(
    'INSERT INTO evaluations (run, step, loss, accuracy, validation_accuracy, evaluation_seconds) VALUES (?, ?, 1, ?, ?, 1)',
  )
  for (const [run, step, accuracy, validation] of [
    [1, 10, 0.9, 0.1],
    [1, 20, 0.2, 0.5],
    [1, 30, 0.8, 0.5],
    [2, 10, 0.7, null],
  ])
    evaluate.run(run, step, accuracy, validation)
  connection.close()
  return home
}

test('runs of an older history are marked and found as new ones are', () => {
  const history = openHistory(homeOfVersion7())
  const old = history.runs().reverse()
  expect(old.map((run) => run.repeats)).toEqual(configs.map(repeatsOf))
  expect(old[0]).toMatchObject({
    name: null,
    note: '',
    tags: [],
    star: false,
    colour: null,
    archived: false,
    deletedAt: null,
    sweep: null,
    best: { step: 20, accuracy: 0.2 },
    last: { step: 30 },
  })
  expect([old[1].best?.step, old[1].last?.step, old[2].best, old[2].last]).toEqual([10, 10, null, null])
  for (const [index, one] of configs.entries()) {
    const request = { preset: old[index].preset, config: one, goal: 100, evaluateEvery: 10, patience: null }
    expect(history.createRun(request, 5000).repeats).toBe(old[index].repeats)
  }
})

test('runs that differ in their seed alone repeat each other, and others do not', () => {
  const history = openHistory(temporaryHome())
  const repeats = [config, { ...config, seed: 2 }, { ...config, batch: 99 }].map(
    (one) => history.createRun({ preset: 'seed', config: one, goal: 1, evaluateEvery: 1, patience: null }, 10).repeats,
  )
  expect(repeats[1]).toBe(repeats[0])
  expect(repeats[2]).not.toBe(repeats[0])
})
