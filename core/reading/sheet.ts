import { isKnownTitle, titleKey } from './columnTitles.ts'
import { endsAsPicture } from './namedPath.ts'

/** A table whose titles are told from its rows. */
export interface Sheet {
  readonly path: string
  /** Null: it has none. */
  readonly titles: readonly string[] | null
  readonly body: readonly (readonly string[])[]
  /** The number of columns. */
  readonly width: number
}

/** Puts titles above their columns: R writes none above the names of its rows, which come first. */
export function alignedRows(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const [first, ...body] = rows
  const shifted =
    body.length > 0 &&
    body.every((row) => row.length === first.length + 1) &&
    body.some((row) => row.at(-1) !== '') &&
    first.some(isKnownTitle)
  return shifted ? [['', ...first], ...body] : rows
}

/**
 * Tells titles from rows.
 * @param pathColumn The column whose cells name pictures; null: none does.
 * @param namesPicture Whether the first row's cell in that column names one.
 * @param wished Titles that a person has named.
 */
export function sheetOf(
  path: string,
  rows: readonly (readonly string[])[],
  pathColumn: number | null,
  namesPicture: boolean,
  wished: readonly string[],
): Sheet {
  const first = rows.at(0) ?? []
  const keys = new Set(wished.map(titleKey))
  const isTitle = (cell: string): boolean => isKnownTitle(cell) || (cell !== '' && keys.has(titleKey(cell)))
  const filled = first.filter((cell) => cell !== '')
  // A picture may be called `image.png`, but not when all of the row is titles.
  const onlyTitles = filled.length > 1 && filled.every(isTitle)
  const picturesBelow = pathColumn !== null || !first.some(endsAsPicture)
  const mayBeTitles = first.some(isTitle) || (picturesBelow && !endsAsPicture(first.at(pathColumn ?? 0) ?? ''))
  const titled = onlyTitles || (!namesPicture && mayBeTitles)
  const body = titled ? rows.slice(1) : rows
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0)
  return { path, titles: titled ? first : null, body, width }
}

/** A cell below the titles; empty where its row is too short. */
export function cellOf({ body }: Sheet, row: number, column: number): string {
  return body[row].at(column) ?? ''
}

/** The cells of a column, row by row. */
export function columnOf(sheet: Sheet, column: number): string[] {
  return sheet.body.map((_, row) => cellOf(sheet, row, column))
}

/** The title of a column; empty where it has none. */
export function titleOf({ titles }: Sheet, column: number): string {
  return titles?.at(column) ?? ''
}

/** What a column is called: by its title, or by its number from 1 if it has none of its own. */
export function columnName(sheet: Sheet, column: number): string {
  const title = titleOf(sheet, column)
  const alike = sheet.titles?.filter((other) => titleKey(other) === titleKey(title)).length ?? 0
  return title === '' || alike > 1 ? String(column + 1) : title
}

export function columnNumbers({ width }: Sheet): number[] {
  return Array.from({ length: width }, (_, column) => column)
}
