import { describe, expect, test } from 'vitest'
import type { History } from '../../../main/history/history.ts'
import { openHistory, temporaryHome } from './temporaryHome.ts'
import { problemIn, request } from './testRun.ts'

function historyOf(count: number): History {
  const history = openHistory(temporaryHome())
  for (let run = 0; run < count; run += 1) history.createRun(request, 50_000)
  return history
}

describe('what a person says of runs', () => {
  test('is kept, and is in their summaries', () => {
    const home = temporaryHome()
    const history = openHistory(home)
    history.createRun(request, 50_000)
    history.marks.change([1], {
      name: '  Первый запуск 🧪 ',
      note: 'a line\nand another',
      addTags: ['tuned', 'Baseline'],
      star: true,
      colour: 5,
      archived: true,
    })
    history.close()
    expect(openHistory(home).run(1)).toMatchObject({
      name: 'Первый запуск 🧪',
      note: 'a line\nand another',
      tags: ['Baseline', 'tuned'],
      star: true,
      colour: 5,
      archived: true,
    })
  })

  test('changes for many runs at once, and only in what is said', () => {
    const history = historyOf(3)
    history.marks.change([1, 2, 3], { addTags: ['one', 'two'] })
    history.marks.change([1, 3], { removeTags: ['ONE'], star: true })
    history.marks.change([3], { star: false, name: 'third' })
    expect([1, 2, 3].map((id) => history.run(id)).map(({ tags, star, name }) => [tags, star, name])).toEqual([
      [['two'], true, null],
      [['one', 'two'], false, null],
      [['two'], false, 'third'],
    ])
    history.marks.change([1, 3], { colour: 2 })
    history.marks.change([3], { name: ' ', colour: null })
    expect(history.run(3).name).toBeNull()
    expect([1, 2, 3].map((id) => history.run(id).colour)).toEqual([2, null, null])
  })

  test('two tags of one name are one, in the way that was there first', () => {
    const history = historyOf(2)
    expect(history.marks.change([1], { addTags: ['Baseline', 'BASELINE ', 'new'] }).spelled).toEqual([])
    expect(history.run(1).tags).toEqual(['BASELINE', 'new'])
    const { changes, spelled } = history.marks.change([2], { addTags: ['baseline', 'new'] })
    expect(spelled).toEqual([{ given: 'baseline', kept: 'BASELINE' }])
    expect(changes.addTags).toEqual(['BASELINE', 'new'])
    expect(history.run(2).tags).toEqual(['BASELINE', 'new'])
  })

  test.each([
    ['run-name-too-long', { name: 'n'.repeat(101) }],
    ['run-name-unwritten', { name: 'two\nlines' }],
    ['run-name-unwritten', { name: 'right \u202E to left' }],
    ['note-too-long', { note: 'n'.repeat(10_001) }],
    ['tag-blank', { addTags: ['fine', ' '] }],
    ['tag-with-comma', { addTags: ['one,two'] }],
    ['tag-too-long', { addTags: ['t'.repeat(41)] }],
    ['tag-unwritten', { addTags: ['a\tb'] }],
  ])('%s is refused in a sentence, and nothing is changed', (code, changes) => {
    const history = historyOf(1)
    expect(problemIn(() => history.marks.change([1], { star: true, ...changes }))).toBe(code)
    expect(history.run(1)).toMatchObject({ name: null, note: '', tags: [], star: false })
  })

  test('100 characters of any script are a name, counted as a reader does', () => {
    const history = historyOf(1)
    const name = '😀'.repeat(100)
    history.marks.change([1], { name })
    expect(history.run(1).name).toBe(name)
  })

  test('one unknown run among many: none is changed', () => {
    const history = historyOf(2)
    expect(problemIn(() => history.marks.change([1, 2, 7], { star: true, addTags: ['x'] }))).toBe('run-unknown')
    expect(history.runs().map(({ star, tags }) => [star, tags])).toEqual([
      [false, []],
      [false, []],
    ])
  })
})
