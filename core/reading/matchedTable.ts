import { folderOf } from './namedPath.ts'
import { matchColumn, pathColumns, type MatchedColumn } from './pathColumn.ts'
import type { NamedPicture, PictureIndex, PlaceOfCell } from './pictureIndex.ts'
import type { FoundTable } from './readImage.ts'
import type { Part } from './readingPlan.ts'
import { alignedRows, sheetOf, type Sheet } from './sheet.ts'
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

/**
 * What each row names: its picture, or several that fit. The part of a row decides between pictures of one name.
 * @param parts The part of each row; null: its table tells none.
 */
export function namedByRows(
  { sheet, part, paths }: MatchedTable,
  parts: readonly Part[] | null,
  index: PictureIndex,
): readonly (NamedPicture | null)[] {
  if (paths.length !== 1) return sheet.body.map(() => null)
  const [{ column, named, zerosLost }] = paths
  if (parts === null || !named.some((one) => one !== null && one.picture === null)) return named
  const placeOf = (row: number): PlaceOfCell => placeIn(sheet.path, parts[row] ?? part)
  return matchColumn(sheet.body, column, index, placeOf, zerosLost).named
}
