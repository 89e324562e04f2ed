import { expect, test } from 'vitest'
import type { ReadingWishes } from '../../../core/reading/readingWishes.ts'
import { optionsFor } from '../../../core/reading/wishOptions.ts'

test.each<[ReadingWishes, string]>([
  [{}, ''],
  [{ labelsFrom: 'folders' }, '--labels-from folders'],
  [{ labelsFrom: 'table', labelColumn: 'train.csv:breed' }, '--labels-from table --label-column train.csv:breed'],
  [{ labelColumn: 'цвет шерсти', partsFrom: 'seed' }, '--label-column "цвет шерсти" --parts-from seed'],
  [{ train: ['a/b', 'c, d'], test: ['тест'] }, `--train 'a/b,"c, d"' --test тест`],
  [{ splitColumn: `it's $5 "off"` }, `--split-column 'it'\\''s $5 "off"'`],
])('wishes as options that can be typed: %j', (wishes, options) => {
  expect(optionsFor(wishes)).toBe(options)
})
