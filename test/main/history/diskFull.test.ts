import { expect, test } from 'vitest'
import { problem } from '../../../core/words/problems.ts'
import { History } from '../../../main/history/history.ts'
import { openConnection } from '../../../main/history/open.ts'
import { openHistory, temporaryHome } from './temporaryHome.ts'
import { addSteps, problemIn, request } from './testRun.ts'

test('a full disk is told in a sentence, nothing of that batch is stored, and everything before it is kept', () => {
  const home = temporaryHome()
  const connection = openConnection(home)
  const history = new History(home, connection)
  const { id } = history.createRun(request, 50_000)
  addSteps(history, id, 1, 100)
  const before = history.run(id)
  const curve = history.curve({ run: id, metric: 'loss', points: 1000 })

  // SQLite's own way to a full disk: the file must not grow any more.
  connection.pragma(`max_page_count = ${String(connection.pragma('page_count', { simple: true }))}`)
  expect(problemIn(() => addSteps(history, id, 101, 20_000))).toBe('disk-full')
  expect(() => addSteps(history, id, 101, 20_000)).toThrow(/The disk is full: history\.sqlite could not be written/)
  expect(history.run(id)).toEqual(before)
  expect(history.curve({ run: id, metric: 'loss', points: 1000 })).toEqual(curve)

  // There is room again: the same batch goes in.
  connection.pragma('max_page_count = 1000000')
  addSteps(history, id, 101, 20_000)
  history.close()
  expect(openHistory(home).run(id).step).toBe(20_000)
})

test('an end that a full disk does not take is shown at once and stored when there is room', () => {
  const home = temporaryHome()
  const connection = openConnection(home)
  const history = new History(home, connection)
  const { id } = history.createRun(request, 50_000)
  addSteps(history, id, 1, 100)
  connection.pragma(`max_page_count = ${String(connection.pragma('page_count', { simple: true }))}`)

  // Longer than a page, so that there is no room for it.
  const end = problem('engine-crashed', { detail: 'x'.repeat(20_000) })
  const shown = { id, state: 'interrupted', problem: { code: 'disk-full' }, step: 100 }
  expect(history.endRun(id, 'failed', end)).toMatchObject(shown)
  expect(history.runs()).toMatchObject([shown])
  expect(history.detail(id)).toMatchObject({ ...shown, stretches: [] })
  expect(problemIn(() => history.createRun(request, 50_000))).toBe('disk-full')

  connection.pragma('max_page_count = 1000000')
  const next = history.createRun(request, 50_000)
  expect(history.run(id)).toMatchObject({ state: 'failed', problem: end, step: 100 })
  history.endRun(next.id, 'done', null)
  history.close()
  expect(
    openHistory(home)
      .runs()
      .map((run) => run.state),
  ).toEqual(['done', 'failed'])
})

test('an end that was never stored is that of a run which was cut off', () => {
  const home = temporaryHome()
  const connection = openConnection(home)
  const history = new History(home, connection)
  const { id } = history.createRun(request, 50_000)
  connection.pragma(`max_page_count = ${String(connection.pragma('page_count', { simple: true }))}`)
  history.endRun(id, 'failed', problem('engine-crashed', { detail: 'x'.repeat(20_000) }))
  history.close()
  history.close()
  expect(openHistory(home).run(id)).toMatchObject({ state: 'interrupted', problem: { code: 'lab-interrupted' } })
})
