import { PictureIndex } from '../../../core/reading/pictureIndex.ts'
import { partNamed } from '../../../core/reading/partNames.ts'
import type { ReadingWishes } from '../../../core/reading/readingWishes.ts'
import { understandTables, type UnderstoodTable } from '../../../core/reading/understandTable.ts'
import { phraseText } from '../../../core/words/phrases.ts'
import { LabError, sentenceOf } from '../../../core/words/problems.ts'

/** A table's rows, with commas between cells. */
export function rowsOf(text: string): string[][] {
  return text
    .trim()
    .split('\n')
    .map((line) => line.split(',').map((cell) => cell.trim()))
}

export function indexOf(pictures: readonly string[]): PictureIndex {
  return new PictureIndex(
    pictures,
    (picture) =>
      picture
        .split('/')
        .map(partNamed)
        .find((part) => part !== null) ?? null,
  )
}

/** What tables beside pictures are understood as. */
export function understoodTables(
  pictures: readonly string[],
  tables: Readonly<Record<string, string>>,
  wishes: ReadingWishes = {},
): UnderstoodTable[] {
  const found = Object.entries(tables).map(([path, text]) => ({ path, rows: rowsOf(text), why: null }))
  return understandTables(found, indexOf(pictures), wishes)
}

/** The same of one table, beside pictures `set/images/1.png` ... */
export function understoodTable(text: string, wishes: ReadingWishes = {}, pictures = numbered(12)): UnderstoodTable {
  return understoodTables(pictures, { 'set/table.csv': text }, wishes)[0]
}

/** `set/images/1.png` and so on. */
export function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, n) => `set/images/${n + 1}.png`)
}

/** A table of rows that are made from their numbers from 1, below titles. */
export function made(titles: string, count: number, row: (n: number) => string): string {
  return [...(titles === '' ? [] : [titles]), ...Array.from({ length: count }, (_, n) => row(n + 1))].join('\n')
}

/** The labels of the pictures by the only candidate; all candidates' names where there are several, null for none. */
export function labels({ labelColumns, rows }: UnderstoodTable): Readonly<Record<string, string>> | string[] | null {
  if (labelColumns.length > 1) return labelColumns.map(({ wish }) => wish)
  if (labelColumns.length === 0) return null
  const [{ labels: byRow }] = labelColumns
  return Object.fromEntries(rows.flatMap(({ picture }, row) => (picture === null ? [] : [[picture, byRow[row]]])))
}

export function whyOf({ why }: UnderstoodTable): string | null {
  return why === null ? null : phraseText(why, 'en')
}

/** The problem's code and its sentence. */
export function refusal(attempt: () => unknown): readonly [string, string] {
  try {
    attempt()
  } catch (error) {
    if (error instanceof LabError) return [error.problem.code, sentenceOf(error.problem, 'en')]
    throw error
  }
  return ['taken', '']
}
