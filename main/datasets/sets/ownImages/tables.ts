import type { FoundTable } from '../../../../core/reading/readImage.ts'
import { phraseText } from '../../../../core/words/phrases.ts'
import { refuse } from '../../../../core/words/problems.ts'
import { pathParts } from '../../describe/pictureOrder.ts'
import { onTwoSides, partNamed, type LabelledPicture, type SplitPart } from './labelled.ts'

/** Common titles of the column of labels, and of the column of parts. */
const labelTitles = new Set([
  'label',
  'labels',
  'class',
  'class_name',
  'classname',
  'category',
  'target',
  'метка',
  'класс',
  'категория',
])
const partTitles = new Set(['split', 'set', 'subset', 'part', 'partition', 'usage', 'выборка', 'часть'])
const endings = ['', '.jpg', '.jpeg', '.png', '.webp', '.tif', '.tiff', '.gif', '.avif', '.jfif', '.jpe']

/** Finds pictures by the names that a table gives them. */
class PictureIndex {
  /** Pictures by each end of their paths (`a.jpg`, `images/a.jpg`, ...); null if several share it. */
  readonly #byEnd = new Map<string, string | null>()

  constructor(pictures: readonly string[]) {
    for (const picture of pictures) {
      const parts = pathParts(picture)
      for (let from = 0; from < parts.length; from++) {
        const end = parts.slice(from).join('/')
        this.#byEnd.set(end, this.#byEnd.has(end) ? null : picture)
      }
    }
  }

  /**
   * The picture that a cell names: relative to the table's folder, or by an end of its path that is unique, with or
   * without the file's extension.
   */
  find(cell: string, folder: string): string | null {
    const name = withoutSteps(cell.replaceAll('\\', '/').normalize('NFC'))
    if (name === '') return null
    for (const ending of endings) {
      const found = this.#byEnd.get(`${folder}${name}${ending}`) ?? this.#byEnd.get(`${name}${ending}`) ?? null
      if (found !== null) return found
    }
    return null
  }
}

/** A path without `.` and `..`. The end of the path is enough to find the file. */
function withoutSteps(path: string): string {
  return pathParts(path)
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .join('/')
}

interface Row {
  readonly cells: readonly string[]
  readonly picture: string | null
}

/** The column in which most cells name pictures, and the pictures that they name; null if there is none. */
function pictureColumn(
  rows: readonly (readonly string[])[],
  find: (cell: string) => string | null,
): { readonly column: number; readonly rows: Row[] } | null {
  const width = Math.max(0, ...rows.slice(0, 100).map((cells) => cells.length))
  const found = Array.from({ length: width }, (_, column) => ({
    column,
    rows: rows.map((cells) => ({ cells, picture: find(cells[column] ?? '') })),
  }))
  const hits = ({ rows: named }: { readonly rows: readonly Row[] }): number =>
    named.filter(({ picture }) => picture !== null).length
  const best = found.reduce<(typeof found)[number] | null>(
    (most, one) => (hits(one) > (most === null ? 0 : hits(most)) ? one : most),
    null,
  )
  return best
}

export interface TableReading {
  readonly labelled: readonly LabelledPicture[]
  /** Pictures that a table names but that did not come. */
  readonly absent: readonly string[]
}

interface TableRow {
  readonly picture: string
  readonly className: string
  readonly part: SplitPart
}

/** The rows of one table; null if no cell names a picture, because the table is then about something else. */
function readTable(
  { path, rows: cells, why }: FoundTable,
  pictures: PictureIndex,
): { readonly rows: TableRow[]; readonly absent: string[] } | null {
  const file = pathParts(path).at(-1) ?? path
  const folder = path.slice(0, path.length - file.length)
  if (cells === null)
    return refuse('table-unread', { file, detail: why === null ? 'it cannot be read' : phraseText(why, 'en') })
  const paths = pictureColumn(cells, (cell) => pictures.find(cell, folder))
  if (paths === null) return null

  // If the first row names no picture and later rows do, it holds the columns' titles.
  const titled = paths.rows[0].picture === null
  const titles = titled ? paths.rows[0].cells.map((title) => title.toLowerCase()) : []
  const body = titled ? paths.rows.slice(1) : paths.rows
  const width = Math.max(...body.map((row) => row.cells.length))
  const others = Array.from({ length: width }, (_, column) => column).filter((column) => column !== paths.column)
  const allParts = (column: number): boolean => body.every((row) => partNamed(row.cells[column] ?? '') !== null)
  const label =
    others.find((column) => labelTitles.has(titles[column])) ??
    others.find((column) => !partTitles.has(titles[column]) && !allParts(column)) ??
    null
  if (label === null) return refuse('table-unread', { file, detail: 'no column besides the paths holds labels' })
  const part = others.find((column) => column !== label && (partTitles.has(titles[column]) || allParts(column))) ?? null
  // Without a column of parts, the name of a table such as `test.csv` tells the part.
  const ofFile = partNamed(file.replace(/\.[^.]*$/, '')) ?? 'train'

  const rows = body.flatMap(({ cells: row, picture }) => {
    const className = (row[label] ?? '').normalize('NFC')
    return picture === null || className === ''
      ? []
      : [{ picture, className, part: part === null ? ofFile : (partNamed(row[part] ?? '') ?? 'train') }]
  })
  return {
    rows,
    absent: body.filter(({ picture }) => picture === null).map(({ cells: row }) => row[paths.column] ?? ''),
  }
}

/**
 * Reads classes from tables of paths and labels, if there are any.
 * @throws LabError `table-unread` for a table that names pictures without labels, cannot be read, or gives one picture
 *   two labels.
 */
export function labelledByTable(pictures: readonly string[], tables: readonly FoundTable[]): TableReading | null {
  const index = new PictureIndex(pictures)
  const byPicture = new Map<string, TableRow>()
  const absent: string[] = []
  for (const found of tables.toSorted((one, other) => (one.path < other.path ? -1 : 1))) {
    const { path } = found
    const table = readTable(found, index)
    absent.push(...(table?.absent ?? []))
    for (const row of table?.rows ?? []) {
      const before = byPicture.get(row.picture)
      if (before !== undefined && before.className !== row.className) {
        refuse('table-unread', {
          file: pathParts(path).at(-1) ?? path,
          detail: `${pathParts(row.picture).at(-1) ?? row.picture} is both “${before.className}” and “${row.className}”`,
        })
      }
      byPicture.set(row.picture, row)
    }
  }
  return byPicture.size === 0 ? null : { labelled: onTwoSides([...byPicture.values()]), absent }
}
