import type { PlannedReadings } from '../../core/reading/planning.ts'
import type { Reading, ReadingPlan } from '../../core/reading/readingPlan.ts'
import { phrase } from '../../core/words/phrases.ts'

/** Two classes in folders, with test images in a folder of their own. */
export const inFolders: ReadingPlan = {
  labels: { from: 'folders' },
  parts: {
    from: 'folders',
    folders: [
      { folder: 'train', part: 'train' },
      { folder: 'test', part: 'test' },
    ],
  },
  classes: [
    { name: 'cats', train: 700, validation: 0, test: 100 },
    { name: 'dogs', train: 400, validation: 0, test: 40 },
  ],
  validation: null,
  tables: [],
  absent: { count: 0, first: [] },
  leftOut: [],
}

/** The same images with labels and parts from columns. */
export const inTable: ReadingPlan = {
  ...inFolders,
  labels: { from: 'columns', columns: [{ table: 'pets/labels.csv', column: 'breed' }] },
  parts: {
    from: 'columns',
    columns: [{ table: 'pets/labels.csv', column: 'split' }],
    words: [
      { word: 'train', part: 'train', images: 1100 },
      { word: 'test', part: 'test', images: 139 },
      { word: '', part: 'test', images: 1 },
    ],
  },
  tables: [
    { table: 'pets/credits.csv', rows: 2, use: 'nothing', why: phrase('file-gone', {}) },
    { table: 'pets/labels.csv', rows: 1240, use: 'labels and parts', why: null },
  ],
}

const first: Reading['first'] = [
  { picture: 'pets/train/cats/1.jpg', className: 'cats', part: 'train' },
  { picture: 'pets/train/dogs/1.jpg', className: 'dogs', part: 'train' },
]

/** What the lab answers where two readings may be meant, or where the first is. */
export function planned(question: PlannedReadings['question'] = null): PlannedReadings & { readonly kind: 'planned' } {
  return {
    kind: 'planned',
    readings: [
      { wishes: { labelsFrom: 'folders' }, plan: inFolders, first },
      { wishes: { labelsFrom: 'table', labelColumn: 'breed' }, plan: inTable, first },
    ],
    question,
    pictures: { 'pets/train/cats/1.jpg': 'data:image/webp;base64,AA', 'pets/train/dogs/1.jpg': null },
    byName: false,
  }
}
