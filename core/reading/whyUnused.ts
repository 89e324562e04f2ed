import { phrase, type Phrase } from '../words/phrases.ts'
import { isPathTitle } from './columnTitles.ts'
import type { MatchedTable } from './matchedTable.ts'
import { endsAsPicture } from './namedPath.ts'
import type { NamedPicture } from './pictureIndex.ts'
import { cellOf, columnName, columnNumbers, columnOf, titleOf, type Sheet } from './sheet.ts'

/** A path below what was given, whose name all paths have in common. */
function below(path: string): string {
  return path.slice(path.indexOf('/') + 1)
}

/** The column that looks most like one of paths. */
function likeliestPaths(sheet: Sheet): number {
  const columns = columnNumbers(sheet)
  const likePaths = (column: number): boolean => columnOf(sheet, column).some(endsAsPicture)
  const distinct = (column: number): number => new Set(columnOf(sheet, column)).size
  return (
    columns.find(likePaths) ??
    columns.find((column) => isPathTitle(titleOf(sheet, column)) === 'yes') ??
    columns.reduce((best, column) => (distinct(column) > distinct(best) ? column : best), 0)
  )
}

/**
 * Why no row of a table names a picture; null if one does.
 * @param picture The path of a picture, as an example.
 */
export function whyWithoutPictures(
  { sheet, paths }: MatchedTable,
  named: readonly (NamedPicture | null)[],
  picture: string,
): Phrase | null {
  if (sheet.body.length === 0) return phrase('table-empty', {})
  if (paths.length > 1) {
    const [one, other] = paths.map(({ column }) => columnName(sheet, column))
    return phrase('table-two-paths', { one, other })
  }
  if (paths.length === 0) {
    const cell = columnOf(sheet, likeliestPaths(sheet)).find((text) => text !== '') ?? ''
    return phrase('table-names-no-picture', { cell, picture: below(picture) })
  }
  if (named.some((one) => one !== null && one.picture !== null)) return null
  const row = named.findIndex((one) => one !== null)
  const pictures = row < 0 ? null : (named[row]?.ambiguous ?? null)
  if (pictures === null) return phrase('table-of-absent-part', {})
  const [one, other] = pictures
  return phrase('table-names-several', {
    cell: cellOf(sheet, row, paths[0].column),
    one: below(one),
    other: below(other),
  })
}
