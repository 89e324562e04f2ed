import { refuse } from '../words/problems.ts'
import { isEmptyCell, numberIn } from './columnFacts.ts'
import { isFoldTitle, isLabelTitle, isPartTitle, type Known } from './columnTitles.ts'
import { oneHotColumns } from './oneHot.ts'
import { partNamed, partWord } from './partNames.ts'
import type { Part } from './readingPlan.ts'
import { columnName, columnNumbers, columnOf, titleOf, type Sheet } from './sheet.ts'

/** Columns that tell the parts, row by row. */
export interface PartColumns {
  readonly columns: readonly number[]
  /** What they are called. */
  readonly names: readonly string[]
  readonly words: readonly string[]
  readonly parts: readonly Part[]
}

/** A column of numbered folds, row by row; null where a row is in none. */
export interface FoldColumn {
  readonly column: number
  readonly name: string
  readonly folds: readonly (number | null)[]
}

export interface PartsOfRows {
  readonly parts: PartColumns | null
  readonly folds: FoldColumn | null
  /** All columns that tell parts or folds, and thus no labels. */
  readonly columns: readonly number[]
}

/** How the parts of a table are looked for. */
export interface PartsWanted {
  /** The column that a person has chosen; null: none. */
  readonly chosen: number | null
  /** Columns that hold something else: paths, or the labels that a person has chosen. */
  readonly taken: readonly number[]
  /** Whether an unknown word matters: not where a person has decided the parts otherwise. */
  readonly strict: boolean
  /** Whether a row's picture is there. Words of other rows do not matter. */
  readonly isThere: (row: number) => boolean
}

const flags = new Map<string, boolean>([
  ...['1', '1.0', 'true', 't', 'yes', 'y', 'да', 'истина', '+'].map((word) => [word, true] as const),
  ...['0', '0.0', 'false', 'f', 'no', 'n', 'нет', 'ложь', '-'].map((word) => [word, false] as const),
])

function flag(cell: string): boolean | null {
  return flags.get(cell.toLowerCase()) ?? null
}

/** The part that the title of a column of 0 and 1 states: `is_train`, `test`, `тест`. */
function partOfFlags(title: string): Part | null {
  return partNamed(title.replace(/^is/i, ''))
}

interface Flagged {
  readonly column: number
  readonly part: Part
  readonly rows: readonly (boolean | null)[]
}

function flaggedColumns(sheet: Sheet, columns: readonly number[]): Flagged[] {
  return columns.flatMap((column) => {
    const part = partOfFlags(titleOf(sheet, column))
    if (part === null) return []
    const rows = columnOf(sheet, column).map(flag)
    if (rows.length === 0 || !rows.every((one) => one !== null)) return []
    // `valid` may also say that nearly all rows are.
    const set = rows.filter((one) => one).length
    return part === 'validation' && set > rows.length / 2 ? [] : [{ column, part, rows }]
  })
}

/** The part of a row by all its flags; null if they contradict one another. */
function partOfRow(flagged: readonly Flagged[], row: number): Part | null {
  const set = new Set(flagged.filter(({ rows }) => rows[row]).map(({ part }) => part))
  if (set.size > 0) return set.size === 1 ? [...set][0] : null
  // Nothing is said of it: it is what no column speaks of, first of all trained on.
  const spoken = new Set(flagged.map(({ part }) => part))
  return (['train', 'test', 'validation', 'unlabelled'] as const).find((part) => !spoken.has(part)) ?? null
}

function partsOfFlags(sheet: Sheet, flagged: readonly Flagged[]): PartColumns | null {
  const columns = flagged.map(({ column }) => column)
  const parts = sheet.body.map((_, row) => partOfRow(flagged, row)).filter((part) => part !== null)
  if (columns.length === 0 || parts.length < sheet.body.length) return null
  const words = sheet.body.map((row) => columns.map((column) => row.at(column) ?? '').join(', '))
  return { columns, names: columns.map((column) => columnName(sheet, column)), words, parts }
}

/** The numbers of a column of folds; null if some are no whole numbers, or there are fewer folds. */
function foldsIn(cells: readonly string[], least: number): (number | null)[] | null {
  const folds = cells.map((cell) => (isEmptyCell(cell) ? null : (numberIn(cell.replace(/^\p{L}+[\s_-]*/u, '')) ?? -1)))
  const filled = folds.filter((fold) => fold !== null)
  return new Set(filled).size >= least && filled.every((fold) => Number.isInteger(fold) && fold >= 0) ? folds : null
}

function foldColumn(sheet: Sheet, column: number, least = 2): FoldColumn | null {
  const folds = foldsIn(columnOf(sheet, column), least)
  return folds === null ? null : { column, name: columnName(sheet, column), folds }
}

/** The words of a column that name parts, and how many rows with their pictures have each other word. */
interface PartWords {
  readonly cells: readonly string[]
  readonly known: ReadonlyMap<string, Part>
  readonly unknown: ReadonlyMap<string, number>
}

function wordsOf(sheet: Sheet, column: number, isThere: (row: number) => boolean): PartWords {
  const cells = columnOf(sheet, column)
  const known = new Map<string, Part>()
  for (const word of new Set(cells)) {
    const part = partWord(word)
    if (part !== null) known.set(word, part)
  }
  const unknown = new Map<string, number>()
  for (const [row, cell] of cells.entries()) {
    if (!known.has(cell) && isThere(row)) unknown.set(cell, (unknown.get(cell) ?? 0) + 1)
  }
  return { cells, known, unknown }
}

function refuseWord(sheet: Sheet, column: number, unknown: ReadonlyMap<string, number>): never {
  const [word, count] = [...unknown].reduce((most, one) => (one[1] > most[1] ? one : most))
  const where = { count, table: sheet.path, column: columnName(sheet, column) }
  return word === '' ? refuse('reading-part-empty', where) : refuse('reading-part-unknown', { word, ...where })
}

/** The parts that a column's words tell; null if it is no such column, or its words are unknown and that is no matter. */
function partsOfWords(sheet: Sheet, column: number, title: Known, wanted: PartsWanted): PartColumns | null {
  // A column under another title must have words of parts alone. `type` may be a vehicle's, with “train” among them.
  if (title === 'no' && !columnOf(sheet, column).every((cell) => partWord(cell) !== null)) return null
  const { cells, known, unknown } = wordsOf(sheet, column, wanted.isThere)
  if (known.size === 0 && title !== 'yes') return null
  if (unknown.size > 0) return wanted.strict ? refuseWord(sheet, column, unknown) : null
  // A row without a known word has no picture, so that any part does.
  const parts = cells.map((cell) => known.get(cell) ?? 'unlabelled')
  return { columns: [column], names: [columnName(sheet, column)], words: cells, parts }
}

/** What a chosen column tells. @throws LabError `reading-part-unknown` for a word that names no part. */
function chosenParts(sheet: Sheet, column: number, wanted: PartsWanted): PartsOfRows {
  const parts = partsOfFlags(sheet, flaggedColumns(sheet, [column]))
  if (parts !== null) return { parts, folds: null, columns: [column] }
  const folds = foldColumn(sheet, column)
  if (folds !== null) return { parts: null, folds, columns: [column] }
  return { parts: partsOfWords(sheet, column, 'yes', { ...wanted, strict: true }), folds: null, columns: [column] }
}

/** Columns of flags, but for those that stand with others for classes: of vehicles, `train` is one. */
function flagsOfParts(sheet: Sheet, columns: readonly number[]): Flagged[] {
  const flagged = flaggedColumns(sheet, columns)
  const ofParts = new Set(flagged.map(({ column }) => column))
  const oneHot = oneHotColumns(sheet, columns)
  return oneHot.every((column) => ofParts.has(column))
    ? flagged
    : flagged.filter(({ column }) => !oneHot.includes(column))
}

function foldsOf(sheet: Sheet, columns: readonly number[]): FoldColumn | null {
  for (const column of columns) {
    const title = titleOf(sheet, column)
    // A split that is called 0 and 1 may be training and test, whichever way.
    const least = isFoldTitle(title) ? 2 : isPartTitle(title) === 'yes' ? 3 : null
    const folds = least === null ? null : foldColumn(sheet, column, least)
    if (folds !== null) return folds
  }
  return null
}

/**
 * The columns that tell in which part or fold each row's picture is.
 * @throws LabError `reading-part-unknown` or `reading-part-empty` for rows whose part is not told by such a column.
 */
export function partsOfRows(sheet: Sheet, wanted: PartsWanted): PartsOfRows {
  if (wanted.chosen !== null) return chosenParts(sheet, wanted.chosen, wanted)
  const columns = columnNumbers(sheet).filter((column) => !wanted.taken.includes(column))
  const folds = foldsOf(sheet, columns)
  const others = columns.filter((column) => column !== folds?.column && isLabelTitle(titleOf(sheet, column)) !== 'yes')
  const titled = (known: Known): number[] => others.filter((column) => isPartTitle(titleOf(sheet, column)) === known)
  const worded = (['yes', 'weak', 'no'] as const).flatMap((known) =>
    titled(known).flatMap((column) => partsOfWords(sheet, column, known, wanted) ?? []),
  )
  const flagged = flagsOfParts(sheet, others)
  const noLabels = [
    ...worded.flatMap((one) => one.columns),
    ...flagged.map(({ column }) => column),
    ...titled('yes'),
    ...columns.filter((column) => isFoldTitle(titleOf(sheet, column)) || column === folds?.column),
  ]
  return { parts: worded.at(0) ?? partsOfFlags(sheet, flagged), folds, columns: noLabels }
}
