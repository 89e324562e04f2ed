import { expect, test } from 'vitest'
import type { RunsView } from '../../../core/query/runsView.ts'
import { openHistory, temporaryHome } from './temporaryHome.ts'
import { problemIn } from './testRun.ts'

const view: RunsView = {
  where: 'set = cifar-10 and best > 70 %',
  shelf: 'kept',
  columns: [
    { column: 'name', width: 200 },
    { column: 'optimizer.beta1', width: 90 },
  ],
  sort: [{ column: 'best', descending: true }],
  group: null,
}
const other: RunsView = { ...view, where: '', group: 'rate', shelf: 'archived' }

test('tables are kept by name, in one way to write it, and can be removed', () => {
  const { views } = openHistory(temporaryHome())
  views.save('  Лучшие ', view)
  views.save('Again', view)
  views.save('ЛУЧШИЕ', other)
  expect(views.all()).toEqual([
    { name: 'Again', view },
    { name: 'ЛУЧШИЕ', view: other },
  ])
  views.remove('лучшие')
  expect(views.all().map(({ name }) => name)).toEqual(['Again'])
  expect(problemIn(() => views.remove('лучшие'))).toBe('view-unknown')
})

test('the last arrangement is kept apart from them, over the end of the program', () => {
  const home = temporaryHome()
  const history = openHistory(home)
  expect(history.views.last()).toBeNull()
  history.views.writeLast(view)
  history.views.writeLast(other)
  history.close()
  const again = openHistory(home)
  expect(again.views.last()).toEqual(other)
  expect(again.views.all()).toEqual([])
})

test('names that cannot be given are refused, and nothing changes', () => {
  const { views } = openHistory(temporaryHome())
  expect(problemIn(() => views.save(' \u200b', view))).toBe('view-name-blank')
  expect(problemIn(() => views.save('x'.repeat(101), view))).toBe('view-name-too-long')
  expect(problemIn(() => views.save('𝔵'.repeat(100), view))).toBeNull()
  expect(views.all()).toHaveLength(1)
})
