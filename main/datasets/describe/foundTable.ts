import type { FoundTable } from '../../../core/reading/readImage.ts'
import { isSpreadsheet } from '../../../core/reading/tableNames.ts'
import { phrase } from '../../../core/words/phrases.ts'
import { csvTable } from '../formats/csvTable.ts'

/** Most bytes of all tables together, because they lie in memory until the images are described. */
export const mostTableBytes = 256e6

/** A table among a person's files, with its rows or the reason why it has none. */
export function foundTable(path: string, bytes: Buffer): FoundTable {
  if (isSpreadsheet(path)) return { path, rows: null, why: phrase('table-of-spreadsheet', {}) }
  return { path, ...csvTable(bytes) }
}
