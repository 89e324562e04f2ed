import { expect, test } from 'vitest'
import { DatasetId } from '../../../../core/data/dataset.ts'
import { freeOwnId, slugOf } from '../../../../main/datasets/store/ownSets.ts'

test.each([
  ['Мои кошки 2', 'moi-koshki-2'],
  ['Ёжики, щенки & Co.', 'ezhiki-shchenki-co'],
  ['Crème brûlée', 'creme-brulee'],
  ['Й', 'i'],
  ['  --  ', ''],
  ['猫', ''],
])('%j is written %j in an id', (name, slug) => {
  expect(slugOf(name)).toBe(slug)
})

test.each(['猫', 'a'.repeat(80), `${'a'.repeat(34)} b`, 'Кошки'])(
  'an id for %j is one, and another one where it is taken',
  (name) => {
    const taken = new Set<string>()
    for (let number = 0; number < 12; number += 1) {
      const id = freeOwnId(name, (one) => taken.has(one))
      expect(DatasetId.parse(id)).toMatch(/^own-[a-z]/)
      expect(taken.has(id)).toBe(false)
      taken.add(id)
    }
  },
)
