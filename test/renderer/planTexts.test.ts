import { describe, expect, it } from 'vitest'
import type { PlanningProgress } from '../../core/reading/planning.ts'
import type { ReadingPlan } from '../../core/reading/readingPlan.ts'
import { phrase } from '../../core/words/phrases.ts'
import { formatsFor } from '../../renderer/text/formats.ts'
import {
  absentText,
  headlineText,
  labelsFrom,
  leftOutLines,
  partLines,
  planningText,
  readingTexts,
  tableUseText,
} from '../../renderer/text/planTexts.ts'
import { inLanguage } from './inLanguage.ts'
import { inFolders, inTable, planned } from './planned.ts'

const en = formatsFor('en')
const ru = formatsFor('ru')

/** What a function says in Russian. Spaces that keep a number together are read as others. */
function inRussian(said: () => string): string {
  return inLanguage('ru', said).replaceAll('\u00a0', ' ')
}

/** The plan with its parts told by something else. */
const by = (parts: ReadingPlan['parts']): ReadingPlan => ({ ...inFolders, parts })

describe('a plan in a sentence', () => {
  it.each<[string, ReadingPlan, string, string]>([
    [
      'a folder',
      inFolders,
      '1,240 images in 2 classes; test images from the folder “test”',
      '1 240 изображений в 2 классах; тестовые — из папки «test»',
    ],
    [
      'folders',
      by({
        from: 'folders',
        folders: ['a', 'b', 'c', 'd'].map((folder) => ({ folder: `${folder}/test`, part: 'test' })),
      }),
      '1,240 images in 2 classes; test images from the folders “a/test”, “b/test”, “c/test”, …',
      '1 240 изображений в 2 классах; тестовые — из папок «a/test», «b/test», «c/test», …',
    ],
    [
      'a column',
      inTable,
      '1,240 images in 2 classes; test images by the column “split” in labels.csv',
      '1 240 изображений в 2 классах; тестовые — по столбцу «split» в labels.csv',
    ],
    [
      'folds',
      by({ from: 'folds', columns: [{ table: 'a.csv', column: 'fold' }], folds: [0, 1, 2, 3, 4] }),
      '1,240 images in 2 classes; each run tests on one of 5 folds',
      '1 240 изображений в 2 классах; каждый запуск проверяется на одном блоке из 5',
    ],
    [
      'a table',
      by({ from: 'tables', tables: [{ table: 'pets/test.csv', part: 'test' }] }),
      '1,240 images in 2 classes; test images from test.csv',
      '1 240 изображений в 2 классах; тестовые — из test.csv',
    ],
    [
      'nothing',
      by({ from: 'seed' }),
      '1,240 images in 2 classes; each run draws its test images at random',
      '1 240 изображений в 2 классах; тестовые каждый запуск выбирает случайно',
    ],
  ])('says that the test images are told by %s', (_, plan, english, russian) => {
    expect(headlineText(plan, en)).toBe(english)
    expect(inRussian(() => headlineText(plan, ru))).toBe(russian)
  })

  it('names the folder of the validation images where they test', () => {
    const plan: ReadingPlan = {
      ...by({ from: 'folders', folders: [{ folder: 'val', part: 'validation' }] }),
      validation: 'tested',
    }
    expect(headlineText(plan, en)).toMatch(/test images from the folder “val”$/)
    expect(partLines(plan, en)).toEqual([
      'Validation: the folder “val”',
      'There are no test images, so the network is tested on the validation images.',
    ])
  })

  it('counts in Russian as Russian does', () => {
    const one: ReadingPlan = {
      ...by({ from: 'seed' }),
      classes: Array.from({ length: 21 }, (_, place) => ({ name: `${place}`, train: 1, validation: 0, test: 0 })),
    }
    expect(inRussian(() => headlineText(one, ru))).toMatch(/^21 изображение в 21 классе;/)
  })
})

describe('where labels and parts come from', () => {
  it('names folders, or the column and its table', () => {
    expect(labelsFrom(inFolders)).toBe('from folders: cats, dogs')
    expect(labelsFrom(inTable)).toBe('from the column “breed” in labels.csv')
    expect(inRussian(() => labelsFrom(inTable))).toBe('из столбца «breed» в labels.csv')
  })

  it('names a column without a title by its number', () => {
    const plan: ReadingPlan = { ...inFolders, labels: { from: 'columns', columns: [{ table: 'a.csv', column: '2' }] } }
    expect(labelsFrom(plan)).toBe('from the column no. 2 in a.csv')
  })

  it('names tables with their folders where two have the same name', () => {
    const columns = ['a/labels.csv', 'b/labels.csv'].map((table) => ({ table, column: 'label' }))
    const tables = columns.map(({ table }) => ({ table, rows: 1, use: 'labels' as const, why: null }))
    expect(labelsFrom({ ...inFolders, labels: { from: 'columns', columns }, tables })).toBe(
      'from the columns “label” in a/labels.csv, “label” in b/labels.csv',
    )
  })

  it('counts the words of a column of parts', () => {
    expect(partLines(inTable, en)).toEqual([
      'From the column “split” in labels.csv',
      'Training: “train” (1,100)',
      'Test: “test” (139), empty cell (1)',
    ])
  })
})

describe('tables', () => {
  it('say what they are used for, or why not', () => {
    expect(inTable.tables.map((table) => tableUseText(table, inTable, en))).toEqual([
      'credits.csv (2 rows): not used: there is no such file any more',
      'labels.csv (1,240 rows): gives the labels and the split',
    ])
  })

  it('that could not be read have no rows', () => {
    const table = { table: 'a.csv', rows: null, use: 'nothing', why: phrase('file-gone', {}) } as const
    expect(tableUseText(table, inFolders, en)).toMatch(/^a\.csv: not used: /)
  })

  it('name images that are not there', () => {
    expect(absentText(inFolders, en)).toBeNull()
    const plan: ReadingPlan = { ...inTable, absent: { count: 4, first: ['a.jpg', 'b.jpg', 'c.jpg'] } }
    expect(absentText(plan, en)).toBe('4 images that a table names: a.jpg, b.jpg, c.jpg, …')
  })
})

describe('what is left out', () => {
  it('has a line for each reason, with paths inside what was given', () => {
    const why = phrase('kind-not-read', { kind: 'HEIC' })
    const first = ['pets/a/1.heic', 'pets/b/2.heic']
    expect(
      leftOutLines({ ...inFolders, leftOut: [{ why, count: 2, first }] }, 'pets', { language: 'en', format: en }),
    ).toEqual(['HEIC pictures, which must be converted to JPEG or PNG first: 2 (a/1.heic, b/2.heic)'])
  })
})

describe('a reading among others', () => {
  const { readings } = planned()

  it('says first in what it differs', () => {
    expect(readings.map((reading) => readingTexts(reading, readings, en).title)).toEqual([
      'Labels from folders: cats, dogs',
      'Labels from the column “breed” in labels.csv',
    ])
    const [one] = readings
    const drawn = { ...one, plan: by({ from: 'seed' }) }
    expect(readingTexts(drawn, [one, drawn], en).title).toBe('Each run draws its test images at random')
  })

  it('says by which column it finds the images where another finds them by another', () => {
    const [, one] = readings
    if (one === undefined) throw new Error('no reading')
    const both = ['file', 'copy'].map((pathColumn) => ({ ...one, wishes: { pathColumn } }))
    expect(both.map((reading) => readingTexts(reading, both, en).notes[0])).toEqual([
      'Images named by the column “file”',
      'Images named by the column “copy”',
    ])
  })
})

describe('the progress of planning', () => {
  const progress: PlanningProgress = {
    stage: 'looking',
    done: 300,
    total: 1200,
    perSecond: 100.4,
    secondsLeft: 9,
  }

  it('has the stage, what is done, the rate and the time left', () => {
    expect(planningText(progress, en)).toEqual({
      stage: 'Looking at the files',
      amount: '300 of 1,200 files · 100 files/s · 0:09 left',
      share: 0.25,
    })
    expect(inRussian(() => planningText({ ...progress, total: 1201 }, ru).amount)).toMatch(/^300 из 1 201 файла · /)
  })

  it('has neither share nor time once all is looked at, until the images are shown', () => {
    expect(planningText({ ...progress, done: 1200 }, en)).toEqual({
      stage: 'Working out what the files mean',
      amount: '1,200 files',
      share: null,
    })
    expect(planningText({ ...progress, stage: 'showing', done: 9, total: 9 }, en).amount).toMatch(/^9 of 9/)
  })

  it('has no share while files are being found', () => {
    const walking = { stage: 'walking', done: 1, total: null, perSecond: null, secondsLeft: null } as const
    expect(planningText(walking, en)).toEqual({ stage: 'Finding files', amount: '1 file', share: null })
    expect(planningText(null, en)).toEqual({ stage: 'Finding files', amount: '', share: null })
  })

  it('counts the bytes of an archive', () => {
    const reading = { stage: 'reading', done: 12e6, total: 139e6, perSecond: 4e6, secondsLeft: null } as const
    expect(planningText(reading, en).amount).toBe('12 MB of 139 MB · 4 MB/s')
  })
})
