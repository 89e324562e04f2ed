import { flushSync } from 'svelte'
import { expect, test } from 'vitest'
import { found, inOrder } from '../../core/query/runPage.ts'
import { groupsOf } from '../../core/query/runGroups.ts'
import type { RunFacts } from '../../core/query/runFacts.ts'
import type { RunsView } from '../../core/query/runsView.ts'
import { printedRows, RunsTable } from '../../renderer/state/runsTable.svelte.ts'
import { someFacts } from '../core/query/someFacts.ts'
import { calls, connected, LabEnd, settled, until } from './labEnd.ts'

const all: RunFacts[] = Array.from({ length: 10_000 }, (_, place) =>
  someFacts({ id: place + 1, batch: 1 + (place % 2) }),
)

/** A lab of 10,000 runs that answers as the main process does, and notes what it is asked. */
async function tableOver(kept: RunsView | null = null) {
  const asked: string[] = []
  const written: RunsView[] = []
  const end = new LabEnd({
    runs: {
      page: calls.runs.page.handler(({ input }) => {
        asked.push(`${input.from} ${input.where}`)
        const { total, runs } = found(all, input)
        const rows = inOrder(runs, input.sort, () => null).slice(input.from, input.from + input.count)
        return { total, matched: runs.length, rows: rows.map((facts) => ({ facts, values: [] })) }
      }),
      groups: calls.runs.groups.handler(({ input }) => {
        asked.push(`groups ${input.where}`)
        const { total, runs } = found(all, input)
        return { total, matched: runs.length, ...groupsOf(runs, input, () => null) }
      }),
    },
    views: {
      last: {
        read: calls.views.last.read.handler(() => ({ view: kept })),
        write: calls.views.last.write.handler(({ input }) => void written.push(input)),
      },
    },
  })
  return { table: new RunsTable(await connected(end)), asked, written }
}

test('only the rows in view are read, and a search with a mistake leaves them as they are', async () => {
  const { table, asked } = await tableOver()
  const end = table.follow()
  await until(() => table.matched !== null)
  expect(table.length).toBe(10_000)
  table.want(5000, 5020)
  await until(() => table.at(5000) !== null)
  expect(table.at(5000)).toMatchObject({ kind: 'run', run: { facts: { id: 5000 } } })
  expect(asked).toEqual(['0 ', '5000 '])
  await table.readPrinted()
  expect(asked).toEqual(['0 ', '5000 ', '100 ', '200 '])
  // These are there for a printer alone: no tick of all that is shown reaches them.
  expect(table.at(printedRows - 1)).not.toBeNull()
  expect(table.at(printedRows)).toBeNull()
  expect(table.shown.map(({ facts }) => facts.id).slice(98, 102)).toEqual([9902, 9901, 5000, 4999])
  table.want(0, 20)
  table.search('id > 9990')
  await until(() => table.matched === 10)
  table.search('id > 9990 and bset > 1')
  await settled()
  expect([table.matched, table.parsed.ok]).toEqual([10, false])
  expect(asked.at(-1)).toBe('0 id > 9990')
  end()
})

test('the arrangement is stored, and a page that is opened again reads it once', async () => {
  const first = await tableOver()
  first.table.follow()
  await until(() => first.table.matched !== null)
  first.table.group('batch')
  await until(() => first.written.length > 0)
  const [kept] = first.written
  const { table, asked } = await tableOver(kept)
  for (let visit = 0; visit < 2; visit += 1) {
    const leave = $effect.root(() => {
      $effect(() => table.follow())
    })
    flushSync()
    await until(() => table.length === 2)
    await settled()
    leave()
  }
  expect(asked).toEqual(['groups ', 'groups '])
  const row = table.at(0)
  if (row?.kind !== 'group') throw new Error('no group')
  expect(row.group).toMatchObject({ value: 1, count: 5000, best: { count: 5000 } })
  table.toggleGroup(row.key)
  await until(() => table.length === 103)
  expect(table.at(1)).toMatchObject({ kind: 'run', inGroup: true, run: { facts: { id: 9999 } } })
  expect(table.at(101)).toEqual({ kind: 'more', count: 4900 })
})
