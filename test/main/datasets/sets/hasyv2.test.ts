import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { hasyv2 } from '../../../../main/datasets/sets/hasyv2.ts'
import { hasySymbols } from '../../../../main/datasets/sets/names/hasyv2.ts'
import { describeGenuine, describePaths, genuineFolder } from './genuine.ts'

const { card, pictures } = hasyv2

test('the symbols are those of the genuine symbols.csv, in its order', () => {
  const lines = readFileSync(path.join(genuineFolder, 'hasyv2/symbols.csv'), 'utf8').trim().split('\r\n').slice(1)
  expect(hasySymbols.map(([id, latex]) => `${id},${latex}`)).toEqual(lines.map((line) => line.replace(/,\d+,\d+$/, '')))
  expect(card.classes).toHaveLength(369)
})

const images = ['hasy/hasy-data/v2-00000.png', 'hasy/hasy-data/v2-00151.png', 'hasy/hasy-data/v2-16802.png']
const header = 'path,symbol_id,latex,user_id'

test('labels are read by symbol number, past line ends of Windows, quotes and commas', () => {
  const labels = [
    header,
    'hasy-data/v2-16802.png,1400,\\guillemotleft,12',
    'hasy-data/v2-00000.png,31,A,50',
    "hasy-data/v2-00151.png,82,'\\alpha, or so',7",
    '',
  ].join('\r\n')
  const { images: described } = describePaths(pictures, images, { 'hasy/hasy-data-labels.csv': labels })
  expect(described.map(({ picture, label, group }) => [picture.split('/').at(-1), card.classes[label], group])).toEqual(
    [
      ['v2-00000.png', 'A', null],
      ['v2-00151.png', '\\alpha', null],
      ['v2-16802.png', '\\guillemotleft', null],
    ],
  )
})

const semicolons = (row: readonly string[]): string => row.join(';')
test.each([
  ['semicolons, as spreadsheets in Russian save it', semicolons, ''],
  ['semicolons behind a byte order mark', semicolons, '\ufeff'],
  ['semicolons and a line that says so', semicolons, 'sep=;\r\n'],
  ['semicolons and quotes', (row: readonly string[]) => row.map((cell) => `"${cell}"`).join(';'), ''],
  ['tabs', (row: readonly string[]) => row.join('\t'), ''],
  ['paths of Windows', ([path, ...rest]: readonly string[]) => [path.replaceAll('/', '\\'), ...rest].join(';'), ''],
])('a table with %s', (_what, line, before) => {
  const rows = [
    header.split(','),
    ['hasy-data/v2-00000.png', '31', 'A', '50'],
    ['hasy-data/v2-00151.png', '82', '\\alpha', '7'],
    ['hasy-data/v2-16802.png', '1400', '\\guillemotleft', '12'],
  ]
  const table = before + rows.map(line).join('\r\n')
  const { images: described } = describePaths(pictures, images, { 'hasy/hasy-data-labels.csv': table })
  expect(described.map(({ label }) => card.classes[label])).toEqual(['A', '\\alpha', '\\guillemotleft'])
})

test('a table that says nothing of the images is named', () => {
  const table = `${header}\nhasy-data/v2-00000.png|31|A|50`
  expect(() => describePaths(pictures, images, { 'hasy/hasy-data-labels.csv': table })).toThrow(
    'no row of hasy/hasy-data-labels.csv names an image that is there and its symbol',
  )
})

test('an image belongs to the fold in whose test table it is, and the folds’ tables give labels too', () => {
  const row = (name: string, id: number): string => `../../hasy-data/${name},${id},X,1`
  const { images: described, missing } = describePaths(pictures, images, {
    'hasy/classification-task/fold-1/test.csv': [header, row('v2-00000.png', 31)].join('\r\n'),
    'hasy/classification-task/fold-2/test.csv': [header, row('v2-00151.png', 32), row('v2-16802.png', 33)].join('\r\n'),
  })
  expect(described.map(({ label, group }) => [card.classes[label], group])).toEqual([
    ['A', 1],
    ['B', 2],
    ['C', 2],
  ])
  expect(missing).toEqual(['hasy-data 3/168233', ...[3, 4, 5, 6, 7, 8, 9, 10].map((fold) => `fold-${fold}/test.csv`)])
})

test('one fold’s two tables give all labels, but folds count only where every image is in one', () => {
  const { images: described } = describePaths(pictures, images, {
    'fold-10/test.csv': `${header}\n../../hasy-data/v2-00000.png,31,A,1`,
    'fold-10/train.csv': `${header}\n../../hasy-data/v2-00151.png,32,B,1\n../../hasy-data/v2-16802.png,33,C,1`,
  })
  expect(described.map(({ label, group }) => [card.classes[label], group])).toEqual([
    ['A', null],
    ['B', null],
    ['C', null],
  ])
})

test('images without labels, and symbols that the set has not, are left out', () => {
  const { images: described } = describePaths(pictures, images, {
    'hasy-data-labels.csv': `${header}\nhasy-data/v2-00000.png,31,A,1\nhasy-data/v2-00151.png,30,?,1`,
  })
  expect(described.map(({ picture }) => picture)).toEqual(['hasy/hasy-data/v2-00000.png'])
})

test('the genuine piece lacks its table of labels and says so', () => {
  expect(() => describeGenuine(pictures, 'hasyv2')).toThrow('hasy-data-labels.csv')
  expect(() => describePaths(pictures, ['a.png'])).toThrow('no images of HASYv2')
})
