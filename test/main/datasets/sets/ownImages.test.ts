import { expect, test } from 'vitest'
import { problemOf } from '../../../../core/words/problems.ts'
import { ownImages } from '../../../../main/datasets/sets/ownImages.ts'
import type { SetDescription } from '../../../../main/datasets/describe/pictureReader.ts'
import { describeFiles, describePaths } from './genuine.ts'

const { pictures } = ownImages

/** Each image as `split class path`. */
function told({ classes, images }: SetDescription): string[] {
  return images.map(({ picture, label, split }) => `${split} ${classes?.[label]} ${picture}`)
}

function refusal(paths: readonly string[], tables: Readonly<Record<string, string>> = {}): string {
  try {
    describePaths(pictures, paths, tables)
  } catch (error) {
    return problemOf(error).code
  }
  return 'taken'
}

test('a folder of folders: a class each, sorted as a person would, names in Cyrillic and with spaces', () => {
  const description = describePaths(pictures, [
    'pets/класс 10/b.jpg',
    'pets/класс 2/img 10.JPG',
    'pets/класс 2/img 9.png',
    'pets/морская свинка/deep/er/x.jpeg',
    'pets/readme.md',
  ])
  expect(description.classes).toEqual(['класс 2', 'класс 10', 'морская свинка'])
  expect(told(description)).toEqual([
    'train класс 2 pets/класс 2/img 9.png',
    'train класс 2 pets/класс 2/img 10.JPG',
    'train класс 10 pets/класс 10/b.jpg',
    'train морская свинка pets/морская свинка/deep/er/x.jpeg',
  ])
})

test('folders around the classes do not matter, nor does an archive without a top folder', () => {
  expect(describePaths(pictures, ['home/data/pets/cat/1.jpg', 'home/data/pets/dog/1.jpg']).classes).toEqual([
    'cat',
    'dog',
  ])
  expect(describePaths(pictures, ['cat/1.jpg', 'dog/1.jpg']).classes).toEqual(['cat', 'dog'])
})

test('train and test with class folders inside', () => {
  expect(told(describePaths(pictures, ['set/train/cat/1.jpg', 'set/Test/cat/2.jpg', 'set/train/dog/1.jpg']))).toEqual([
    'test cat set/Test/cat/2.jpg',
    'train cat set/train/cat/1.jpg',
    'train dog set/train/dog/1.jpg',
  ])
})

test.each(['val', 'valid', 'validation'])('%s tests where there is no test, and trains where there is one', (name) => {
  const without = ['s/train/a/1.jpg', 's/train/b/1.jpg', `s/${name}/a/2.jpg`]
  expect(
    describePaths(pictures, without)
      .images.map(({ split }) => split)
      .sort(),
  ).toEqual(['test', 'train', 'train'])
  expect(told(describePaths(pictures, [...without, 's/test/b/3.jpg'])).filter((one) => one.startsWith('test'))).toEqual(
    ['test b s/test/b/3.jpg'],
  )
})

test('test images without classes, as competitions hand them out, are left out', () => {
  expect(told(describePaths(pictures, ['s/train/a/1.jpg', 's/train/b/1.jpg', 's/test/1.jpg']))).toEqual([
    'train a s/train/a/1.jpg',
    'train b s/train/b/1.jpg',
  ])
})

test('a class may be called train', () => {
  expect(describePaths(pictures, ['vehicles/car/1.jpg', 'vehicles/train/1.jpg']).classes).toEqual(['car', 'train'])
  expect(describePaths(pictures, ['vehicles/car/old/1.jpg', 'vehicles/train/old/1.jpg']).classes).toEqual([
    'car',
    'train',
  ])
})

test('files are sorted by name where their first bytes do not decide', () => {
  const sorted = ['pets/cat/1.JPE', 'pets/cat/1.webp', 'pets/labels.csv', 'pets/cat/notes.txt', 'pets/cat/1']
  expect(sorted.map((path) => pictures?.sort(path))).toEqual(['picture', 'picture', 'table', 'skip', 'skip'])
})

const beside = ['set/images/a.jpg', 'set/images/b.jpg', 'set/images/sub/c.png']

test.each([
  ['commas and titles', 'path,label\nimages/a.jpg,cat\nimages/b.jpg,dog\nimages/sub/c.png,cat\n'],
  ['semicolons, no titles, the label first', 'cat;images/a.jpg\r\ndog;images/b.jpg\r\ncat;images/sub/c.png\r\n'],
  ['tabs and names without folders or endings', 'id\tclass\na\tcat\nb\tdog\nc\tcat\n'],
  [
    'quotes, a mark at the beginning, steps in paths, other columns',
    '\uFEFF"no","image","class"\n"1","./images/a.jpg","cat"\n"2","images\\b.jpg","dog"\n\n"3","../set/images/sub/c.png","cat"\n',
  ],
])('a table of paths and labels: %s', (_, table) => {
  const description = describePaths(pictures, beside, { 'set/labels.csv': table })
  expect(told(description)).toEqual([
    'train cat set/images/a.jpg',
    'train cat set/images/sub/c.png',
    'train dog set/images/b.jpg',
  ])
  expect(description.missing).toEqual([])
})

test('a column of the table divides the images, and so do tables called after the parts', () => {
  const expected = ['train cat set/images/a.jpg', 'test cat set/images/sub/c.png', 'train dog set/images/b.jpg']
  expect(
    told(
      describePaths(pictures, beside, {
        'set/all.csv': 'file,split,label\na.jpg,train,cat\nb.jpg,train,dog\nc.png,val,cat',
      }),
    ),
  ).toEqual(expected)
  expect(
    told(describePaths(pictures, beside, { 'set/train.csv': 'a.jpg,cat\nb.jpg,dog', 'set/test.csv': 'c.png,cat' })),
  ).toEqual(expected)
})

test('a table in the encoding of Russian Windows keeps its labels', () => {
  const windows = Buffer.from([
    ...Buffer.from('a.jpg;'),
    0xea,
    0xee,
    0xf2,
    ...Buffer.from('\nb.jpg;'),
    0xef,
    0xb8,
    0xf1,
    ...Buffer.from('\nc.png;'),
    0xea,
    0xee,
    0xf2,
  ])
  expect(
    describeFiles(
      pictures,
      [...beside, 'set/labels.csv'].map((path) => [path, () => windows] as const),
    ).classes,
  ).toEqual(['кот', 'пёс'])
})

test('pictures that a table names and that are not there are named as missing', () => {
  expect(
    describePaths(pictures, beside, { 'set/t.csv': 'file,label\na.jpg,cat\nb.jpg,dog\nlost.jpg,dog' }).missing,
  ).toEqual(['lost.jpg'])
})

test('a table about something else leaves the folders to speak', () => {
  expect(
    describePaths(pictures, ['s/cat/1.jpg', 's/dog/1.jpg'], { 's/marks.csv': 'name,mark\nIvanov,5' }).classes,
  ).toEqual(['cat', 'dog'])
})

test('what cannot be learned from is refused with what to do', () => {
  expect(refusal([])).toBe('images-missing')
  expect(refusal(['1.jpg', '2.jpg'])).toBe('images-unsorted')
  expect(refusal(['pets/1.jpg', 'pets/2.jpg'])).toBe('one-class-only')
  expect(refusal(['pets/cat/1.jpg', 'pets/cat/2.jpg'])).toBe('one-class-only')
  expect(refusal(['s/train/cat/1.jpg', 's/test/cat/2.jpg'])).toBe('one-class-only')
  expect(refusal(['s/Cat/1.jpg', 's/cat/2.jpg', 's/dog/1.jpg'])).toBe('classes-alike')
  expect(refusal(['s/ЁЖ/1.jpg', 's/ёж/2.jpg'])).toBe('classes-alike')
  expect(refusal(beside, { 'set/t.csv': 'file\na.jpg\nb.jpg' })).toBe('table-useless')
  expect(refusal(beside, { 'set/t.csv': 'a.jpg,cat\na.jpg,dog\nb.jpg,cat' })).toBe('table-unread')
})

test('images beside the class folders belong to no class', () => {
  expect(told(describePaths(pictures, ['s/cat/1.jpg', 's/dog/1.jpg', 's/cover.jpg']))).toEqual([
    'train cat s/cat/1.jpg',
    'train dog s/dog/1.jpg',
  ])
  expect(describePaths(pictures, ['s/photos/cat/1.jpg', 's/photos/dog/1.jpg', 's/cover.jpg']).classes).toEqual([
    'cat',
    'dog',
  ])
})
