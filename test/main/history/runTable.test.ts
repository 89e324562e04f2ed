import { describe, expect, test } from 'vitest'
import { RunGroups } from '../../../core/query/runGroups.ts'
import { RunPage, type PageQuestion } from '../../../core/query/runPage.ts'
import type { RunConfig } from '../../../core/run/run.ts'
import type { History } from '../../../main/history/history.ts'
import { openHistory, temporaryHome } from './temporaryHome.ts'
import { addCheckpoint, addSteps, config, request } from './testRun.ts'

const asked: PageQuestion = { where: '', shelf: 'kept', sort: [], from: 0, count: 100, settings: [] }

function begin(history: History, change: Partial<RunConfig>, accuracy: number | null = null): number {
  const { id } = history.createRun({ ...request, config: { ...config, ...change } }, 50_000)
  if (accuracy !== null) {
    addSteps(history, id, 1, 2)
    history.addEvaluation(id, { step: 1, loss: 1, accuracy, validation: null }, 1)
    history.addEvaluation(id, { step: 2, loss: 2, accuracy: accuracy / 2, validation: null }, 1)
  }
  history.endRun(id, 'done', null)
  return id
}

/** Five runs: two repeats, one of another batch, one of another rate, one that was never evaluated. */
function fiveRuns(): History {
  const history = openHistory(temporaryHome())
  begin(history, { seed: 1 }, 0.5)
  begin(history, { seed: 2 }, 0.7)
  begin(history, { batch: 50 }, 0.6)
  begin(history, { schedule: { kind: 'constant', learningRate: 0.01, warmUp: null } }, 0.4)
  begin(history, { seed: 3, batch: 50 })
  return history
}

async function idsOf(history: History, question: Partial<PageQuestion>): Promise<number[]> {
  return RunPage.parse(await history.table.page({ ...asked, ...question })).rows.map(({ facts }) => facts.id)
}

describe('the table of all runs', () => {
  test('has every run as facts, the newest first', async () => {
    const home = temporaryHome()
    const history = openHistory(home)
    const { id, createdAt } = history.createRun({ ...request, network: { name: 'mine', version: 2 } }, 50_000)
    addSteps(history, id, 1, 20)
    history.addEvaluation(id, { step: 10, loss: 2, accuracy: 0.3, validation: { loss: 1.5, accuracy: 0.4 } }, 4)
    history.addEvaluation(id, { step: 20, loss: 1, accuracy: 0.5, validation: { loss: 1.6, accuracy: 0.2 } }, 4)
    const { bytes } = addCheckpoint(home, history, id, 20)
    history.marks.change([id], { name: 'first', addTags: ['b', 'a'], star: true, colour: 4, note: 'noted' })
    const { endedAt } = history.endRun(id, 'stopped', null)
    const page = await history.table.page({ ...asked, settings: ['optimizer.beta1', 'model.layers.conv_1.filters'] })
    expect(RunPage.parse(page)).toEqual({
      total: 1,
      matched: 1,
      rows: [
        {
          values: [0.9, 64],
          facts: {
            id,
            name: 'first',
            note: 'noted',
            tags: ['a', 'b'],
            star: true,
            colour: 4,
            archived: false,
            deletedAt: null,
            set: 'cifar-10',
            preset: 'seed',
            network: 'mine',
            optimizer: 'adam',
            schedule: 'constant',
            rate: 1e-4,
            batch: 100,
            seed: 1,
            steps: 2500,
            epochs: 5,
            step: 20,
            state: 'stopped',
            best: { step: 10, accuracy: 0.4, loss: 1.5 },
            last: { step: 20, accuracy: 0.2, loss: 1.6 },
            expected: null,
            off: null,
            seconds: 10,
            bytes,
            sweep: null,
            repeats: history.run(id).repeats,
            createdAt,
            endedAt,
          },
        },
      ],
    })
  })

  test('is searched, and says how many there are and how many are found', async () => {
    const history = fiveRuns()
    expect(await history.table.page({ ...asked, where: 'best > 55 %', count: 1 })).toMatchObject({
      total: 5,
      matched: 2,
      rows: [{ facts: { id: 3 } }],
    })
    await expect(history.table.page({ ...asked, where: 'best >' })).rejects.toMatchObject({
      problem: { code: 'search-cut-short' },
    })
  })

  test('is sorted by several columns, settings among them; what has nothing is last in both directions', async () => {
    const history = fiveRuns()
    expect(await idsOf(history, { sort: [{ column: 'best', descending: true }] })).toEqual([2, 3, 1, 4, 5])
    expect(await idsOf(history, { sort: [{ column: 'best', descending: false }] })).toEqual([4, 1, 3, 2, 5])
    const sort = [
      { column: 'batch', descending: false },
      { column: 'schedule.learningRate', descending: true },
    ]
    expect(await idsOf(history, { sort })).toEqual([5, 3, 4, 2, 1])
    expect(await idsOf(history, { sort, from: 2, count: 2 })).toEqual([4, 2])
    for (const question of [{ sort: [{ column: 'colour', descending: false }] }, { settings: ['colour.of'] }])
      await expect(history.table.page({ ...asked, ...question })).rejects.toMatchObject({
        problem: { code: 'column-unknown' },
      })
  })

  test('follows what happens to runs after it was first read', async () => {
    const home = temporaryHome()
    const history = openHistory(home)
    begin(history, {}, 0.5)
    expect(await idsOf(history, {})).toEqual([1])
    const { id } = history.createRun(request, 50_000)
    const queued = history.queueRun(request, 50_000).id
    expect(await idsOf(history, { where: 'state = queued' })).toEqual([queued])
    addSteps(history, id, 1, 30)
    history.addEvaluation(id, { step: 30, loss: 1, accuracy: 0.9, validation: null }, 1)
    addCheckpoint(home, history, id, 20)
    history.cancelQueued(queued)
    history.marks.change([1], { addTags: ['old'] })
    const { rows } = await history.table.page(asked)
    expect(rows.map(({ facts }) => [facts.id, facts.step, facts.best?.accuracy, facts.bytes > 0, facts.tags])).toEqual([
      [2, 30, 0.9, true, []],
      [1, 2, 0.5, false, ['old']],
    ])
    history.endRun(id, 'paused', null)
    history.continueRun(id, 20, 100)
    history.marks.change([1], { removeTags: ['old'] })
    expect((await history.table.page(asked)).rows.map(({ facts }) => [facts.step, facts.best, facts.tags])).toEqual([
      [20, null, []],
      [2, { step: 1, accuracy: 0.5, loss: 1 }, []],
    ])
  })

  test('archived runs and those in the bin have shelves of their own', async () => {
    const history = fiveRuns()
    history.marks.change([1, 2], { archived: true })
    history.bin.put([2, 3], '2026-11-29T00:00:00.000Z')
    const shelves = ['kept', 'archived', 'bin', 'all'] as const
    expect(await Promise.all(shelves.map((shelf) => idsOf(history, { shelf })))).toEqual([
      [5, 4],
      [1],
      [3, 2],
      [5, 4, 1],
    ])
    expect(history.runs().map(({ id }) => id)).toEqual([5, 4])
    expect(history.keptRuns()).toBe(2)
    expect(history.someRuns([1, 2, 3, 4, 99]).map(({ id }) => id)).toEqual([4, 1])
  })

  test('is put into groups, with mean and standard deviation of those that have a value', async () => {
    const history = fiveRuns()
    const groups = RunGroups.parse(
      await history.table.groups({ where: '', shelf: 'kept', by: 'repeats', runs: 10 }),
    ).groups
    const twins = groups.find(({ count }) => count === 2)
    expect(groups.map(({ count }) => count).sort()).toEqual([1, 2, 2].sort())
    expect(twins).toBeDefined()
    const ofFirst = groups.find(({ runs }) => runs.includes(1))
    expect(ofFirst).toMatchObject({ count: 2, runs: [2, 1], best: { count: 2 }, last: { count: 2 } })
    // Of 0.5 and 0.7: the mean is 0.6, the sample deviation the square root of 0.02.
    expect(ofFirst?.best?.mean).toBeCloseTo(0.6, 12)
    expect(ofFirst?.best?.deviation).toBeCloseTo(Math.sqrt(0.02), 12)
    const byBatch = await history.table.groups({ where: '', shelf: 'kept', by: 'batch', runs: 1 })
    expect(byBatch).toMatchObject({
      total: 5,
      matched: 5,
      count: 2,
      groups: [
        { value: 50, count: 2, runs: [5], best: { count: 1, mean: 0.6, deviation: null } },
        { value: 100, count: 3, runs: [4] },
      ],
    })
    const bySetting = await history.table.groups({ where: '', shelf: 'kept', by: 'optimizer.weightDecay', runs: 0 })
    expect(bySetting.groups).toMatchObject([{ value: null, count: 5, runs: [] }])
  })
})
