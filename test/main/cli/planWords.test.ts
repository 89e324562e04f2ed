import { expect, test } from 'vitest'
import type { Reading, ReadingPlan } from '../../../core/reading/readingPlan.ts'
import { phrase } from '../../../core/words/phrases.ts'
import { choiceWords, planWords } from '../../../main/cli/planWords.ts'

const byFolders: ReadingPlan = {
  labels: { from: 'folders' },
  parts: {
    from: 'folders',
    folders: [
      { folder: 'train', part: 'train' },
      { folder: 'valid', part: 'validation' },
      { folder: 'new', part: 'unlabelled' },
    ],
  },
  classes: [
    { name: 'cat', train: 100, validation: 20, test: 0 },
    { name: 'guinea pig', train: 9, validation: 1, test: 0 },
  ],
  validation: 'tested',
  tables: [{ table: 'pets/credits.csv', rows: 130, use: 'nothing', why: phrase('table-without-labels', {}) }],
  absent: { count: 0, first: [] },
  leftOut: [
    { why: phrase('kind-not-read', { kind: 'HEIC' }), count: 4, first: ['pets/1.heic', 'pets/2.heic', 'pets/3.heic'] },
    { why: phrase('links-to-nothing', {}), count: 1, first: ['pets/link'] },
  ],
}

const byTable: ReadingPlan = {
  labels: { from: 'columns', columns: [{ table: 'labels.csv', column: 'breed' }] },
  parts: {
    from: 'columns',
    columns: [{ table: 'labels.csv', column: 'split' }],
    words: [
      { word: 'fit', part: 'train', images: 250 },
      { word: 'holdout', part: 'test', images: 50 },
    ],
  },
  classes: Array.from({ length: 300 }, (_, index) => ({
    name: `breed ${index}`,
    train: index === 7 ? 1 : 5,
    validation: 0,
    test: index === 9 ? 40 : 2,
  })),
  validation: null,
  tables: [{ table: 'labels.csv', rows: 2140, use: 'labels and parts', why: null }],
  absent: { count: 5, first: ['a.jpg', 'b.jpg', 'c.jpg'] },
  leftOut: [],
}

function reading(plan: ReadingPlan): Reading {
  return { wishes: {}, plan, first: [] }
}

test('two classes are listed with their counts', () => {
  expect(planWords(reading(byFolders), [], false)).toBe(
    `
130 images of 2 classes: 109 training, 21 validation.
Layout          folders of parts with class folders inside
Labels from     the names of folders
Parts from      train: training; valid: validation; new: to be predicted, left out
Validation      they are the test images, because there are no others
Tables          pets/credits.csv (130 rows): not used, no column besides the paths holds labels or parts
Left out        HEIC pictures, which must be converted to JPEG or PNG first: 4 (pets/1.heic, pets/2.heic, pets/3.heic, …)
                links to what is not there: 1 (pets/link)

CLASS       TRAINING  VALIDATION
cat              100          20
guinea pig         9           1`.trim(),
  )
})

test('three hundred classes are summed up, with the smallest and the largest', () => {
  const others = [
    { ...reading(byFolders), wishes: { labelsFrom: 'folders' as const } },
    { ...reading(byTable), wishes: { partsFrom: 'seed' as const } },
  ]
  expect(planWords(reading(byTable), others, true)).toBe(
    `
2134 images of 300 classes: 1496 training, 638 test.
Layout          images with a table of their labels
Labels from     column “breed” of labels.csv
Parts from      column “split” of labels.csv: “fit”: training (250); “holdout”: test (50)
Tables          labels.csv (2140 rows): used for labels and parts
Not there       5 images that a table names: a.jpg, b.jpg, c.jpg …
Pictures        told by their names; importing looks at their first bytes
Other ways      --labels-from folders; --parts-from seed
Classes         breed 0, breed 1, breed 2, breed 3, breed 4, breed 5, breed 6, breed 7, … breed 299
Fewest images   breed 7 (3), breed 0 (7), breed 1 (7)
Most images     breed 9 (45), breed 299 (7), breed 298 (7)`.trim(),
  )
})

test('readings to choose from stand under the options that decide', () => {
  expect(
    choiceWords([
      { wishes: { labelsFrom: 'folders' }, plan: { ...byFolders, parts: { from: 'seed' } }, first: [] },
      {
        wishes: { labelsFrom: 'table', labelColumn: 'breed' },
        plan: {
          ...byTable,
          parts: { from: 'folds', columns: [{ table: 'labels.csv', column: 'fold' }], folds: [0, 1] },
        },
        first: [],
      },
    ]),
  ).toBe(`  --labels-from folders
      130 images of 2 classes: 109 training, 21 validation (cat, guinea pig)
      labels from the names of folders
      parts from each run’s seed, which draws its test images
  --labels-from table --label-column breed
      2134 images of 300 classes: 1496 training, 638 test (breed 0, breed 1, breed 2, …)
      labels from column “breed” of labels.csv
      parts from column “fold” of labels.csv: folds 0, 1, of which a run tests with one`)
})
