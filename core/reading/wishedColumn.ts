import { refuse } from '../words/problems.ts'
import { titleKey } from './columnTitles.ts'
import { columnName, columnNumbers, titleOf, type Sheet } from './sheet.ts'

/** So many columns of a table are named in a sentence. */
const namedColumns = 30

/** Whether `FILE` means a table: by its path or an end of it, whatever the case. */
function isOf(file: string, path: string): boolean {
  return `/${path}`.toLowerCase().endsWith(`/${file.replaceAll('\\', '/').toLowerCase()}`)
}

/** The titles that a wish may mean: all of it, and what stands behind a file's name. */
export function wishedTitles(wish: string): string[] {
  return [wish, ...[...wish.matchAll(/:/g)].map(({ index }) => wish.slice(index + 1))]
}

function titled(sheet: Sheet, name: string): number | null {
  const columns = columnNumbers(sheet).filter((column) => titleOf(sheet, column) !== '')
  const found =
    columns.find((column) => titleOf(sheet, column) === name) ??
    columns.find((column) => titleKey(titleOf(sheet, column)) === titleKey(name))
  if (found !== undefined) return found
  return /^[1-9]\d*$/.test(name) && Number(name) <= sheet.width ? Number(name) - 1 : null
}

/** Whether a wish names a column of one of the tables, `FILE:COLUMN`, and not of all. */
function ofFile(sheets: readonly Sheet[], wish: string): ((sheet: Sheet) => number | null) | null {
  for (const { index } of wish.matchAll(/:/g)) {
    const file = wish.slice(0, index)
    if (file === '' || !sheets.some(({ path }) => isOf(file, path))) continue
    return (sheet) => (isOf(file, sheet.path) ? titled(sheet, wish.slice(index + 1)) : null)
  }
  return null
}

/**
 * The column that a wish means, in each of the tables; null in a table that it does not mean. A column is named by its
 * title, or by its number from 1, in all tables or, as `FILE:COLUMN`, in one.
 * @throws LabError `reading-column-unknown` if no table has it.
 */
export function wishedColumns(sheets: readonly Sheet[], wish: string): (number | null)[] {
  const inAll = sheets.map((sheet) => titled(sheet, wish))
  if (inAll.some((column) => column !== null)) return inAll
  const inOne = ofFile(sheets, wish)
  const columns = sheets.map((sheet) => inOne?.(sheet) ?? null)
  return columns.some((column) => column !== null) ? columns : refuseColumn(sheets, wish)
}

/** @throws LabError `reading-column-unknown`, or `reading-column-without-table` where there is no table. */
export function refuseColumn(sheets: readonly Sheet[], column: string): never {
  if (sheets.length === 0) return refuse('reading-column-without-table', { column })
  const known = sheets.map((sheet) => {
    const names = columnNumbers(sheet).map((number) => columnName(sheet, number))
    return `${sheet.path}: ${[...names.slice(0, namedColumns), ...(names.length > namedColumns ? ['…'] : [])].join(', ')}`
  })
  return refuse('reading-column-unknown', { column, known: known.join('; ') })
}
