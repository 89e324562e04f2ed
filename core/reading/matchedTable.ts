import { folderOf } from './namedPath.ts'
import { matchColumn, pathColumns, type MatchedColumn } from './pathColumn.ts'
import type { NamedPicture, PictureIndex, PlaceOfCell } from './pictureIndex.ts'
import type { FoundTable } from './readImage.ts'
import type { Part } from './readingPlan.ts'
import { alignedRows, cellOf, columnNumbers, sheetOf, type Sheet } from './sheet.ts'
import { partOfTable } from './tableNames.ts'

/** A table with the columns that name its pictures. */
export interface MatchedTable {
  readonly sheet: Sheet
  /** The part that its name states; null: none. */
  readonly part: Part | null
  /** The column of paths; several where nothing tells which is meant, none where no cell names a picture. */
  readonly paths: readonly MatchedColumn[]
}

function placeIn(path: string, part = partOfTable(path)): PlaceOfCell {
  return { folder: folderOf(path), part }
}

/** @param wished Titles that a person has named. */
export function matchedTable({ path, rows }: FoundTable, index: PictureIndex, wished: readonly string[]): MatchedTable {
  const all = alignedRows(rows ?? [])
  const paths = pathColumns(all, null, index, placeIn(path))
  const [best] = paths
  const column = paths.length === 0 ? null : best.column
  const sheet = sheetOf(path, all, column, column !== null && best.named[0] !== null, wished)
  const titles = sheet.titles === null ? 0 : 1
  return {
    sheet,
    part: partOfTable(path),
    paths: paths.map((matched) => ({ ...matched, named: matched.named.slice(titles) })),
  }
}

/** The same table with the column of paths that a person has chosen; null leaves it as it is. */
export function withChosenPaths(table: MatchedTable, column: number | null, index: PictureIndex): MatchedTable {
  if (column === null) return table
  const { sheet } = table
  return { ...table, paths: pathColumns(sheet.body, column, index, placeIn(sheet.path)) }
}

type NamedByRow = readonly (NamedPicture | null)[]

/**
 * What each row names: its picture, or several that fit. Between pictures of one name the part of the row decides, or
 * another column that names their folders.
 * @param parts The part of each row; null: its table tells none.
 */
export function namedByRows(table: MatchedTable, parts: readonly Part[] | null, index: PictureIndex): NamedByRow {
  const { sheet, part, paths } = table
  if (paths.length !== 1) return sheet.body.map(() => null)
  const [{ column, named, zerosLost }] = paths
  if (!named.some(isAmbiguous)) return named
  const placeOf = (row: number): PlaceOfCell => placeIn(sheet.path, parts?.[row] ?? part)
  const byPart = parts === null ? named : matchColumn(sheet.body, column, index, placeOf, zerosLost).named
  return namedWithFolders(sheet, column, byPart, (path) => index.find(path, placeIn(sheet.path)))
}

function isAmbiguous(named: NamedPicture | null): boolean {
  return named !== null && named.picture === null
}

/** So many rows decide whether a column names folders, and this part of them must have pictures in it. */
const looked = { rows: 200, mostly: 0.9 }

/** Decides ambiguous rows by the column that names the folders of their pictures, if there is one. */
function namedWithFolders(
  sheet: Sheet,
  column: number,
  named: NamedByRow,
  find: (path: string) => NamedPicture | null,
): NamedByRow {
  const inFolder = (row: number, folders: number): NamedPicture | null => {
    const cell = cellOf(sheet, row, column)
    const folder = cellOf(sheet, row, folders)
    const found = folder === '' ? null : find(`${folder}/${cell}`)
    const names = cell.split(/[\\/]/).filter((name) => name !== '' && name !== '.').length
    return found !== null && found.picture !== null && found.common > names ? found : null
  }
  const rows = [...named.keys()].filter((row) => isAmbiguous(named[row])).slice(0, looked.rows)
  const namesFolders = (folders: number): boolean =>
    rows.filter((row) => inFolder(row, folders) !== null).length > looked.mostly * rows.length
  const folders = columnNumbers(sheet).find((other) => other !== column && namesFolders(other))
  if (folders === undefined) return named
  return named.map((one, row) => (isAmbiguous(one) ? (inFolder(row, folders) ?? one) : one))
}
