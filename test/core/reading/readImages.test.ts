import { describe, expect, test } from 'vitest'
import { readImages } from '../../../core/reading/readImages.ts'
import type { ReadFiles } from '../../../core/reading/readImage.ts'
import type { ReadingWishes } from '../../../core/reading/readingWishes.ts'
import { problemOf } from '../../../core/words/problems.ts'

type Tables = Readonly<Record<string, string>>

/** Reads pictures by their paths, and tables by their rows: cells separated by commas. */
function read(pictures: readonly string[], tables: Tables = {}, wishes: ReadingWishes = {}): ReadFiles {
  const found = Object.entries(tables).map(([path, text]) => ({
    path,
    rows: text
      .trim()
      .split('\n')
      .map((line) => line.split(',')),
    why: null,
  }))
  return readImages({ pictures, tables: found, leftOut: [] }, wishes)
}

/** `count` pictures in a folder, with names that no other folder has. */
function some(folder: string, count = 3, name = folder.replaceAll('/', '_')): string[] {
  return Array.from({ length: count }, (_, number) => `${folder}/${name}${number}.jpg`)
}

/** How many images each class has in each part: `cat train 3`. */
function counts({ images }: ReadFiles): string[] {
  const counted = Map.groupBy(images, ({ className, part }) => `${className} ${part}`)
  return [...counted].map(([key, of]) => `${key} ${of.length}`).sort()
}

function refusal(work: () => unknown): string {
  try {
    work()
  } catch (thrown) {
    return problemOf(thrown).code
  }
  return 'read'
}

/** Rows of a table of some pictures, with a cell for each. */
function rows(titles: string, pictures: readonly string[], cell: (picture: string, row: number) => string): string {
  return [titles, ...pictures.map((picture, row) => `${picture},${cell(picture, row)}`)].join('\n')
}

const pets = [...some('set/cat', 4), ...some('set/dog', 4)]
const animal = (picture: string): string => picture.split('/')[1]

describe('class folders alone', () => {
  test('are the classes, and a run draws its test images', () => {
    const { readings, question } = read(pets)
    expect(question).toBeNull()
    expect(readings).toHaveLength(1)
    expect(readings[0].plan).toMatchObject({
      labels: { from: 'folders' },
      parts: { from: 'seed' },
      classes: [
        { name: 'cat', train: 4, validation: 0, test: 0 },
        { name: 'dog', train: 4, validation: 0, test: 0 },
      ],
      validation: null,
      tables: [],
      leftOut: [],
    })
  })

  test('show nine images, of all classes in turn', () => {
    const many = ['a', 'b', 'c', 'd'].flatMap((name) => some(`set/${name}`, 5))
    const [{ first }] = read(many).readings
    expect(first.map(({ className }) => className).join('')).toBe('abcdabcda')
  })

  test('of which there are too few are refused', () => {
    expect(refusal(() => read(some('set/cat')))).toBe('one-class-only')
    expect(refusal(() => read(['1.jpg', '2.jpg']))).toBe('images-unsorted')
    expect(refusal(() => read([...some('set/cat'), ...some('set/Cat')]))).toBe('classes-alike')
    expect(refusal(() => read([]))).toBe('images-missing')
  })
})

describe('folders of parts', () => {
  const parted = ['train', 'test'].flatMap((part) => ['cat', 'dog'].flatMap((name) => some(`set/${part}/${name}`)))

  test('divide the images, which a person may leave to a draw', () => {
    const { question, readings, images } = read(parted)
    expect(question).toBeNull()
    expect(counts({ question, readings, images })).toEqual(['cat test 3', 'cat train 3', 'dog test 3', 'dog train 3'])
    expect(readings.map(({ plan }) => plan.parts.from)).toEqual(['folders', 'seed'])
    expect(counts(read(parted, {}, { partsFrom: 'seed' }))).toEqual(['cat train 6', 'dog train 6'])
  })

  test('without class folders are no classes', () => {
    expect(refusal(() => read([...some('set/train'), ...some('set/test')]))).toBe('parts-without-classes')
  })

  test('beside other folders may be classes, so it is asked', () => {
    const doubtful = [
      ...some('set/train/old'),
      ...some('set/train/new'),
      ...some('set/bus/old'),
      ...some('set/car/old'),
    ]
    const { question, readings } = read(doubtful)
    expect(question?.phrase).toBe('question-folders')
    expect(readings.map(({ plan }) => plan.classes.map(({ name }) => name))).toContainEqual(['bus', 'car', 'train'])
  })

  test('without classes beside class folders are classes only if a person says so', () => {
    const vehicles = ['bus', 'car', 'train', 'test'].flatMap((name) => some(`set/${name}`))
    const { question, readings } = read(vehicles)
    expect(question?.phrase).toBe('question-folders')
    expect(readings.map(({ wishes }) => wishes)).toEqual([{ partsFrom: 'seed' }])
    expect(counts(read(vehicles, {}, readings[0].wishes))).toEqual([
      'bus train 3',
      'car train 3',
      'test train 3',
      'train train 3',
    ])
  })

  test('that only validate test; with test images they are trained on', () => {
    const validated = ['train', 'val'].flatMap((part) => ['cat', 'dog'].flatMap((name) => some(`set/${part}/${name}`)))
    expect(read(validated).readings[0].plan.validation).toBe('tested')
    expect(read([...validated, ...some('set/test/cat')]).readings[0].plan.validation).toBe('trained')
  })
})

describe('a table beside class folders', () => {
  test.each([
    ['sizes', rows('file,width,height', pets, (_, row) => `${40 + (row % 3)},40`)],
    ['credits', rows('file,author,licence', pets, (_, row) => `${['Ann', 'Bob', 'Cy'][row % 3]},CC0`)],
    ['captions', rows('file,text', pets, (_, row) => `a picture number ${row}`)],
    ['hashes', rows('file,md5', pets, (_, row) => row.toString(16).padStart(32, 'e'))],
    ['a list', ['file', ...pets].join('\n')],
    ['remarks on some', rows('file,remark', pets.slice(0, 2), () => 'dark')],
  ])('of %s gives no labels, and says why', (_, table) => {
    const { question, readings, images } = read(pets, { 'set/about.csv': table })
    expect(question).toBeNull()
    expect(counts({ question, readings, images })).toEqual(['cat train 4', 'dog train 4'])
    expect(readings[0].plan.tables).toMatchObject([{ table: 'set/about.csv', use: 'nothing' }])
    expect(readings[0].plan.tables[0].why).not.toBeNull()
  })

  test('that refines them gives the labels, and the folders may be chosen', () => {
    const breeds = rows('file,breed', pets, (picture, row) => `${animal(picture)} ${row % 2}`)
    const { question, readings, images } = read(pets, { 'set/breeds.csv': breeds })
    expect(question).toBeNull()
    expect(new Set(images.map(({ className }) => className)).size).toBe(4)
    expect(readings.some(({ plan }) => plan.labels.from === 'folders')).toBe(true)
    expect(counts(read(pets, { 'set/breeds.csv': breeds }, { labelsFrom: 'folders' }))).toEqual([
      'cat train 4',
      'dog train 4',
    ])
  })

  test('that says the same in words names classes whose folders are codes', () => {
    const codes = [...some('set/n01440764'), ...some('set/n01443537')]
    const names = rows('file,class', codes, (picture) => (animal(picture).endsWith('764') ? 'tench' : 'goldfish'))
    expect(counts(read(codes, { 'set/names.csv': names }))).toEqual(['goldfish train 3', 'tench train 3'])
    expect(
      counts(
        read(pets, { 'set/n.csv': rows('file,label', pets, (picture) => (animal(picture) === 'cat' ? '0' : '1')) }),
      ),
    ).toEqual(['cat train 4', 'dog train 4'])
  })

  test('that contradicts them is asked about, and each answer is carried out', () => {
    const crossed = { 'set/labels.csv': rows('file,label', pets, (_, row) => (row % 2 === 0 ? 'old' : 'young')) }
    const { question, readings } = read(pets, crossed)
    expect(question?.phrase).toBe('question-labels')
    expect(readings.map(({ plan }) => plan.labels.from)).toEqual(['folders', 'columns'])
    expect(counts(read(pets, crossed, readings[1].wishes))).toEqual(['old train 4', 'young train 4'])
  })

  test('that labels some of the images makes the set no smaller', () => {
    const few = { 'set/labels.csv': rows('file,label', pets.slice(2, 6), animal) }
    const { question, readings } = read(pets, few)
    expect(question).toBeNull()
    expect(readings[0].plan.classes.map(({ train }) => train)).toEqual([4, 4])
  })

  test('that labels images beside them too is asked about', () => {
    const all = [...pets, ...some('set', 4, 'loose')]
    const table = rows('file,sort', all, (_, row) => (row % 2 === 0 ? 'old' : 'young'))
    expect(read(all, { 'set/sorts.csv': table }).question?.phrase).toBe('question-labels')
    expect(counts(read(all, { 'set/sorts.csv': table }, { labelColumn: 'sort' }))).toEqual([
      'old train 6',
      'young train 6',
    ])
  })

  test('may divide them into parts', () => {
    const split = { 'set/split.csv': rows('file,split', pets, (_, row) => (row % 4 === 0 ? 'test' : 'train')) }
    expect(counts(read(pets, split))).toEqual(['cat test 1', 'cat train 3', 'dog test 1', 'dog train 3'])
    expect(read(pets, split).readings[0].plan.tables).toMatchObject([{ use: 'parts' }])
  })
})

/** Eight pictures in a folder of the set. */
const flatIn = (folder: string): string[] => Array.from({ length: 8 }, (_, number) => `set/${folder}p${number}.jpg`)

describe('tables alone', () => {
  const flat = some('set/images', 8, 'i')

  test('give the labels and parts', () => {
    const table = {
      'set/all.csv': rows(
        'file,label,split',
        flat,
        (_, row) => `${row % 2 === 0 ? 'a' : 'b'},${row > 5 ? 'test' : 'train'}`,
      ),
    }
    const { readings, images, question } = read(flat, table)
    expect(question).toBeNull()
    expect(counts({ readings, images, question })).toEqual(['a test 1', 'a train 3', 'b test 1', 'b train 3'])
    expect(readings[0].plan).toMatchObject({
      labels: { from: 'columns', columns: [{ table: 'set/all.csv', column: 'label' }] },
      parts: {
        from: 'columns',
        words: [
          { word: 'train', part: 'train', images: 6 },
          { word: 'test', part: 'test', images: 2 },
        ],
      },
      tables: [{ table: 'set/all.csv', rows: 8, use: 'labels and parts', why: null }],
    })
  })

  test.each([
    ['in no folder', flatIn('')],
    ['in a folder that would be the only class', flatIn('survey/')],
  ])('tell the classes of pictures %s, though no title is known', (_, pictures) => {
    const table = {
      'set/table.csv': rows('file,what,where', pictures, (_picture, row) => `${row % 2},${row < 4 ? 'in' : 'out'}`),
    }
    const { question, readings } = read(pictures, table)
    expect(question?.phrase).toBe('question-labels')
    expect(readings.map(({ wishes }) => wishes.labelColumn)).toEqual(['what', 'where'])
  })

  test('leave the only folder the one class, which is refused, where they tell none', () => {
    const pictures = flatIn('survey/')
    const table = { 'set/credits.csv': rows('file,author', pictures, (_, row) => `author ${row}`) }
    expect(refusal(() => read(pictures, table))).toBe('one-class-only')
  })

  test('with several columns that may be labels are asked about', () => {
    const table = {
      'set/all.csv': rows(
        'file,colour,shape',
        flat,
        (_, row) => `${['red', 'blue'][row % 2]},${['round', 'square'][row >> 2]}`,
      ),
    }
    const { question, readings } = read(flat, table)
    expect(question?.phrase).toBe('question-labels')
    expect(readings.map(({ wishes }) => wishes.labelColumn)).toEqual(['colour', 'shape'])
    expect(counts(read(flat, table, { labelColumn: 'shape' }))).toEqual(['round train 4', 'square train 4'])
  })

  test('that give one image two labels are refused', () => {
    const table = {
      'set/a.csv': rows('file,label', [...flat, flat[0]], (_, row) => (row % 2 === 0 ? 'a' : row === 8 ? 'c' : 'b')),
    }
    expect(
      refusal(() =>
        read(flat, { ...table, 'set/b.csv': rows('file,label', flat, (_, row) => (row % 2 === 0 ? 'b' : 'a')) }),
      ),
    ).toBe('table-unread')
  })

  test('of folds leave it to a run which fold tests', () => {
    const table = {
      'set/all.csv': rows('file,label,fold', flat, (_, row) => `${row % 2 === 0 ? 'a' : 'b'},${1 + (row >> 1)}`),
    }
    const { images, readings } = read(flat, table)
    expect(readings[0].plan.parts).toMatchObject({ from: 'folds', folds: [1, 2, 3, 4] })
    expect(new Set(images.map(({ fold }) => fold))).toEqual(new Set([1, 2, 3, 4]))
  })

  test('that contradict folders of parts are asked about', () => {
    const divided = [...some('set/train', 4, 'i'), ...some('set/test', 4, 'j')]
    const table = {
      'set/all.csv': rows(
        'file,label,split',
        divided,
        (_, row) => `${row % 2 === 0 ? 'a' : 'b'},${row < 6 ? 'train' : 'test'}`,
      ),
    }
    const { question, readings } = read(divided, table)
    expect(question?.phrase).toBe('question-parts')
    expect(counts(read(divided, table, readings[1].wishes))).toEqual(['a test 1', 'a train 3', 'b test 1', 'b train 3'])
    expect(counts(read(divided, table, { partsFrom: 'folders' }))).toEqual([
      'a test 2',
      'a train 2',
      'b test 2',
      'b train 2',
    ])
  })

  test('of a competition label its training images, and the others are left out', () => {
    const divided = [...some('set/train', 4, ''), ...some('set/test', 3, '')]
    const { images, readings } = read(divided, {
      'set/train.csv': rows('id,label', ['0', '1', '2', '3'], (_, row) => (row % 2 === 0 ? 'a' : 'b')),
      'set/sample_submission.csv': rows('id,label', ['0', '1', '2'], () => 'a'),
    })
    expect(images.map(({ picture }) => picture).sort()).toEqual(divided.slice(0, 4).sort())
    expect(readings[0].plan.leftOut).toMatchObject([{ why: { phrase: 'not-named-by-table' }, count: 3 }])
    expect(readings[0].plan.tables.map(({ why }) => why?.phrase)).toEqual(['table-of-answers', undefined])
  })
})

test.each([
  ['folders', pets, {}],
  ['parts and a column', [...some('set/train', 4, 'i'), ...some('set/test', 4, 'j')], { 'set/a.csv': 'label,split' }],
  ['contradicting labels', pets, { 'set/labels.csv': 'label' }],
  ['two columns', some('set/images', 8), { 'set/labels.csv': 'colour,shape' }],
] as const)('each reading is reached by its wishes: %s', (_, pictures, tables) => {
  const cells: Readonly<Record<string, (row: number) => string>> = {
    label: (row) => (row % 2 === 0 ? 'a' : 'b'),
    split: (row) => (row < 6 ? 'train' : 'test'),
    colour: (row) => ['red', 'blue'][row % 2],
    shape: (row) => ['round', 'square'][row >> 2],
  }
  const filled = Object.fromEntries(
    Object.entries(tables).map(([path, titles]: [string, string]) => [
      path,
      rows(`file,${titles}`, pictures, (__, row) =>
        titles
          .split(',')
          .map((title) => cells[title](row))
          .join(','),
      ),
    ]),
  )
  for (const reading of read(pictures, filled).readings) {
    const again = read(pictures, filled, reading.wishes)
    expect(again.question).toBeNull()
    expect(again.readings[0].plan).toEqual(reading.plan)
  }
})

describe('tables beside class folders', () => {
  test('that only list the images of each part tell the parts', () => {
    const list = (of: readonly string[]): string => ['file', ...of].join('\n')
    const [train, val] = [pets.filter((_, at) => at % 4 > 0), pets.filter((_, at) => at % 4 === 0)]
    const read2 = read(pets, { 'set/train.csv': list(train), 'set/val.csv': list(val) })
    expect(read2.question).toBeNull()
    expect(read2.readings[0].plan).toMatchObject({ labels: { from: 'folders' }, parts: { from: 'tables' } })
    expect(counts(read2)).toEqual(['cat train 3', 'cat validation 1', 'dog train 3', 'dog validation 1'])
    // What tests is not trained on, even if it is listed for both; and what no table lists is not lost.
    const both = read(pets, { 'set/train.csv': list(pets), 'set/val.csv': list(val) })
    expect(counts(both)).toEqual(counts(read2))
    const some = read(pets, { 'set/train.csv': list(train.slice(1)), 'set/val.csv': list(val) })
    expect(some.readings[0].plan.parts).toEqual({ from: 'seed' })
    expect(some.images).toHaveLength(pets.length)
  })

  test('tell the classes where they also label images that are in no class folder', () => {
    const train = [...some('set/train/0', 4), ...some('set/train/1', 4)]
    const test = some('set/test', 4)
    const labelled = read([...train, ...test], {
      'set/train.csv': rows('file,ClassId', train, (picture) => picture.split('/')[2]),
      'set/test.csv': rows('file,ClassId', test, (_, row) => String(row % 2)),
    })
    expect(labelled.question).toBeNull()
    expect(counts(labelled)).toEqual(['0 test 2', '0 train 4', '1 test 2', '1 train 4'])
  })
})
