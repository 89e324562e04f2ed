import { isEmptyCell, numberIn } from './columnFacts.ts'
import { isOtherTitle } from './columnTitles.ts'
import { columnName, titleOf, type Sheet } from './sheet.ts'

/** Whether a cell of a one-hot column is set: 1 or true. Null: it is neither that nor 0 or false. */
function isSet(cell: string): boolean | null {
  if (/^(true|false)$/i.test(cell)) return cell.toLowerCase() === 'true'
  const value = numberIn(cell)
  return value === 1 ? true : value === 0 ? false : null
}

function setIn(row: readonly string[], columns: readonly number[]): number[] {
  return columns.filter((column) => isSet(row.at(column) ?? '') === true)
}

/** Whether each row has exactly one of the columns set; rows in which all are empty do not count. */
function isOneHot(sheet: Sheet, columns: readonly number[]): boolean {
  const rows = sheet.body.filter((row) => columns.some((column) => !isEmptyCell(row.at(column) ?? '')))
  return columns.length > 1 && rows.length > 0 && rows.every((row) => setIn(row, columns).length === 1)
}

/** Columns that lie side by side. */
function runs(columns: readonly number[]): number[][] {
  const found: number[][] = []
  for (const column of columns) {
    const run = found.at(-1)
    if (run?.at(-1) === column - 1) run.push(column)
    else found.push([column])
  }
  return found
}

/**
 * The columns of 0 and 1 of which each row has exactly one set, as competitions write classes: all such columns of a
 * table, or the first ones that lie side by side. Empty if there are none. They need titles, which name the classes.
 */
export function oneHotColumns(sheet: Sheet, columns: readonly number[]): readonly number[] {
  const flags = columns.filter((column) => {
    const title = titleOf(sheet, column)
    if (title === '' || isOtherTitle(title)) return false
    return sheet.body.every((row) => isEmptyCell(row.at(column) ?? '') || isSet(row.at(column) ?? '') !== null)
  })
  return [flags, ...runs(flags)].find((some) => isOneHot(sheet, some)) ?? []
}

/** The title of the column that is set, row by row; empty where none is. */
export function labelsOfOneHot(sheet: Sheet, columns: readonly number[]): string[] {
  return sheet.body.map((row) => {
    const [column] = setIn(row, columns)
    return column === undefined ? '' : columnName(sheet, column)
  })
}
