import { isOtherTitle, isPathTitle } from './columnTitles.ts'
import { endsAsPicture } from './namedPath.ts'
import type { NamedPicture, PictureIndex, PlaceOfCell } from './pictureIndex.ts'

type Rows = readonly (readonly string[])[]

/** A column with what its cells name, row by row. */
export interface MatchedColumn {
  readonly column: number
  readonly named: readonly (NamedPicture | null)[]
  /** Whether leading zeros that its numbers have lost were made up for. */
  readonly zerosLost: boolean
}

/** So many rows decide which columns are looked at further. */
const looked = 500
/** The part of the best column's pictures that another must name to count as well. */
const nearly = 0.8

/** What the cells of a column name. Two cells that name one picture by different paths: the closer one names it. */
export function matchColumn(
  rows: Rows,
  column: number,
  index: PictureIndex,
  placeOf: (row: number) => PlaceOfCell,
  zerosLost = false,
): MatchedColumn {
  const cells = rows.map((row) => row.at(column) ?? '')
  const known = new Map<string, NamedPicture | null>()
  const named = cells.map((cell, row) => {
    const place = placeOf(row)
    const key = `${place.part ?? ''}/${cell}`
    const before = known.get(key)
    if (before !== undefined) return before
    const found = index.find(cell, place, zerosLost)
    known.set(key, found)
    return found
  })
  return { column, named: closestOnly(named), zerosLost }
}

/** How closely a cell agrees with its picture. */
function closeness(named: NamedPicture): number {
  if (named.picture === null) return 0
  return named.whole ? Infinity : named.common
}

function closestOnly(named: readonly (NamedPicture | null)[]): (NamedPicture | null)[] {
  const closest = new Map<string, number>()
  for (const one of named) {
    if (one === null || one.picture === null) continue
    closest.set(one.picture, Math.max(closest.get(one.picture) ?? 0, closeness(one)))
  }
  return named.map((one) =>
    one === null || one.picture === null || closeness(one) === closest.get(one.picture) ? one : null,
  )
}

/** A column as one that may hold the paths. */
interface PathCandidate extends MatchedColumn {
  /** How many different pictures it names, those included that are one of several; 0 if it names them by chance. */
  readonly pictures: number
  /** Whether its title is one of paths (2), says something else (0), or neither. */
  readonly title: 0 | 1 | 2
  /** Whether its cells look like paths of pictures. */
  readonly likePaths: boolean
  /** Whether its title is one of paths or of numbers of rows, such as `id`. */
  readonly weakTitle: boolean
  readonly common: number
}

function candidate(matched: MatchedColumn, rows: Rows): PathCandidate {
  const { column, named } = matched
  const title = rows.at(0)?.at(column) ?? ''
  const filled = rows.map((row) => row.at(column) ?? '').filter((cell) => cell !== '')
  const asPaths = filled.filter((cell) => endsAsPicture(cell) || /[\\/]/.test(cell)).length
  const pictures = new Set(named.map((one) => (one === null ? null : (one.picture ?? one.ambiguous.join('\n')))))
  pictures.delete(null)
  const naming = named.filter((one) => one !== null).length
  const likePaths = asPaths > filled.length / 2
  // Marks from 1 to 5 name the pictures 1.png to 5.png many times each.
  const byChance = !likePaths && isPathTitle(title) === 'no' && pictures.size < naming / 2
  return {
    ...matched,
    pictures: byChance ? 0 : pictures.size,
    title: isPathTitle(title) === 'yes' ? 2 : isOtherTitle(title) ? 0 : 1,
    likePaths,
    weakTitle: isPathTitle(title) === 'weak',
    common: named.reduce((sum, one) => sum + (one === null || one.picture === null ? 0 : one.common), 0),
  }
}

/** Compares candidates that name about as many pictures; negative if the first is the better one. */
function compared(one: PathCandidate, other: PathCandidate): number {
  return (
    other.title - one.title ||
    Number(other.likePaths) - Number(one.likePaths) ||
    Number(other.weakTitle) - Number(one.weakTitle)
  )
}

/** Whether two columns name different pictures, as tables of pairs do. */
function namesOthers(one: PathCandidate, other: PathCandidate): boolean {
  const both = one.named.flatMap((picture, row) => {
    const beside = other.named[row]
    return picture?.picture != null && beside?.picture != null ? [picture.picture !== beside.picture] : []
  })
  return both.filter((different) => different).length > both.length / 10
}

/** The columns that name pictures in some rows, spread over the table; all of them where none does. */
function promising(
  rows: Rows,
  columns: readonly number[],
  match: (rows: Rows, column: number) => MatchedColumn,
): number[] {
  const step = Math.max(1, Math.floor(rows.length / looked))
  const some = rows.filter((_, row) => row % step === 0)
  if (some.length === rows.length) return [...columns]
  const found = columns.map((column) => ({ column, pictures: candidate(match(some, column), some).pictures }))
  const best = Math.max(...found.map(({ pictures }) => pictures))
  return found.filter(({ pictures }) => pictures >= best / 2).map(({ column }) => column)
}

function ranked(
  rows: Rows,
  columns: readonly number[],
  match: (rows: Rows, column: number) => MatchedColumn,
): PathCandidate[] {
  const found = promising(rows, columns, match).map((column) => candidate(match(rows, column), rows))
  const best = Math.max(0, ...found.map(({ pictures }) => pictures))
  const near = found.filter(
    ({ pictures, likePaths }) => pictures > 0 && (pictures === best || (likePaths && pictures >= nearly * best)),
  )
  return near.sort((one, other) => compared(one, other) || other.pictures - one.pictures || other.common - one.common)
}

/**
 * The columns of a table that hold the paths of its pictures: the one that names most of them, with a title of paths,
 * with the longest paths. Several only where they name different pictures and nothing tells which is meant. None where
 * no cell names a picture.
 * @param rows All rows; the first one may be the titles.
 * @param only The column that a person has chosen; null: none.
 */
export function pathColumns(rows: Rows, only: number | null, index: PictureIndex, place: PlaceOfCell): MatchedColumn[] {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0)
  const columns = only === null ? Array.from({ length: width }, (_, column) => column) : [only]
  const matching =
    (zerosLost: boolean) =>
    (some: Rows, column: number): MatchedColumn =>
      matchColumn(some, column, index, () => place, zerosLost)
  const found = ranked(rows, columns, matching(false))
  if (found.length === 0) return ranked(rows, columns, matching(true)).slice(0, 1)
  const [best, ...others] = found
  const pairs = others.filter((other) => compared(best, other) === 0 && namesOthers(best, other))
  if (pairs.length > 0) return [best, ...pairs].sort((one, other) => one.column - other.column)
  return [needsZeros(best, rows) ? matching(true)(rows, best.column) : best]
}

/** Whether cells that name nothing are numbers, which may have lost their zeros. */
function needsZeros({ column, named }: MatchedColumn, rows: Rows): boolean {
  return named.some((one, row) => one === null && /^\d+$/.test(rows[row].at(column) ?? ''))
}
