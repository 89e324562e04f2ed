import { expect, it } from 'vitest'
import { foundClasses } from '../../renderer/text/classSearch.ts'

const names = {
  classes: ['wild_cat', 'cat', 'café', 'fir tree', '\\alpha', '-'],
  classesRu: ['дикая кошка', 'кошка', 'кафе', 'ёлка', '\\alpha', '-'],
}

it('finds a class by its name in either language, those that begin with what was typed first', () => {
  expect(foundClasses(names, 'cat')).toEqual([1, 0])
  expect(foundClasses(names, 'КОШ')).toEqual([1, 0])
})

it.each([
  ['wild cat', [0]],
  ['WILD_', [0]],
  ['cafe', [2]],
  ['елка', [3]],
  ['alpha', [4]],
  ['-', [5]],
  ['zebra', []],
])('finds %s whatever the case, the marks and what parts the words', (text, found) => {
  expect(foundClasses(names, text)).toEqual(found)
})

it('finds all where nothing was typed', () => {
  expect(foundClasses(names, ' ')).toEqual([0, 1, 2, 3, 4, 5])
})
