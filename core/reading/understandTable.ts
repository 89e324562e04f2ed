import { phrase, type Phrase } from '../words/phrases.ts'
import { otherColumns, SharedFacts, type LabelColumns, type LabelledSheet } from './labelColumns.ts'
import { matchedTable, namedByRows, withChosenPaths, type MatchedTable } from './matchedTable.ts'
import { partsOfRows, type FoldColumn, type PartColumns, type PartsOfRows } from './partColumn.ts'
import type { NamedPicture, PictureIndex } from './pictureIndex.ts'
import { withoutOtherParts } from './picturesOfOtherParts.ts'
import type { FoundTable } from './readImage.ts'
import type { Part } from './readingPlan.ts'
import type { ReadingWishes } from './readingWishes.ts'
import { columnName, columnOf } from './sheet.ts'
import { chosenLabels, tableLabels, type TableLabels } from './tableLabels.ts'
import { whyWithoutPictures } from './whyUnused.ts'
import { wishedColumns, wishedTitles } from './wishedColumn.ts'

/** A row below the titles, with the picture that it names; null if it names none. */
export interface TableRow {
  readonly cells: readonly string[]
  readonly picture: string | null
}

/** A cell that several pictures fit equally well, with two of them. */
export interface AmbiguousCell {
  readonly cell: string
  readonly pictures: readonly [string, string]
}

/** What a table says of the pictures beside it. All that is said row by row is in the order of `rows`. */
export interface UnderstoodTable {
  readonly path: string
  /** Null: it has none. */
  readonly titles: readonly string[] | null
  readonly rows: readonly TableRow[]
  /** Whether it could not be read as a table, and has no rows therefore. */
  readonly unread: boolean
  /** The column that names the pictures; null if none does, or if one of `pathChoices` must be chosen. */
  readonly pathColumn: number | null
  /** Columns that name different pictures equally well, if there are several. */
  readonly pathChoices: readonly { readonly column: number; readonly name: string }[]
  /** What may be the labels; if there are several, one must be chosen. */
  readonly labelColumns: readonly LabelColumns[]
  readonly partColumns: PartColumns | null
  readonly foldColumn: FoldColumn | null
  /** The part that its name states; null: none. */
  readonly part: Part | null
  /** Paths that it names and that are not there, each once. */
  readonly absent: readonly string[]
  /** Cells that several pictures fit, each once. */
  readonly ambiguous: readonly AmbiguousCell[]
  /** Why no column of it tells labels or parts; null if one does. */
  readonly why: Phrase | null
}

/** A table on the way to being understood. */
interface Parted extends MatchedTable {
  readonly told: PartsOfRows
  readonly named: readonly (NamedPicture | null)[]
}

const untold: PartsOfRows = { parts: null, folds: null, columns: [] }

/**
 * Understands the tables beside a person's pictures: which column names the pictures, which ones may be the labels,
 * which tell the parts. Columns that the person has chosen win.
 * @returns a table each, in the order in which they came.
 * @throws LabError `reading-column-unknown` or `reading-column-without-table` for a chosen column that is not there,
 *   `reading-part-unknown` or `reading-part-empty` for a column of parts with other words.
 */
export function understandTables(
  tables: readonly FoundTable[],
  index: PictureIndex,
  wishes: ReadingWishes,
): UnderstoodTable[] {
  const matched = matchedTables(tables, index, wishes)
  const useful = matched.filter(({ paths }) => paths.length > 0)
  const asked = useful.length > 0 ? useful : matched
  const splits = byTable(asked, wishes.splitColumn, wishedColumns)
  const labels = byTable(asked, wishes.labelColumn, chosenLabels)
  const partedByTable = matched.map((table) => {
    const taken = [...table.paths.map(({ column }) => column), ...(labels.get(table)?.columns ?? [])]
    return partedTable(table, splits.get(table) ?? null, taken, index, wishes)
  })
  const parted = withoutOtherParts(partedByTable, index)
  const labelled = parted.map(labelledSheet)
  const facts = new SharedFacts(
    labelled.filter((_, at) => parted[at].paths.length > 0 && parted[at].part !== 'unlabelled'),
  )
  return parted.map((table, at) => {
    const chosen = labels.get(matched[at]) ?? null
    const found = (): TableLabels =>
      wishes.labelColumn === undefined
        ? tableLabels(labelled[at], table.part, facts)
        : chosenOnly(chosen, wishes.labelColumn)
    return understood(table, tables[at].why, found, index)
  })
}

function matchedTables(tables: readonly FoundTable[], index: PictureIndex, wishes: ReadingWishes): MatchedTable[] {
  const { labelColumn, pathColumn, splitColumn } = wishes
  const titles = [labelColumn, pathColumn, splitColumn].flatMap((wish) =>
    wish === undefined ? [] : wishedTitles(wish),
  )
  const matched = tables.map((table) => matchedTable(table, index, titles))
  const readable = matched.filter((_, at) => tables[at].rows !== null)
  const chosen = byTable(readable, pathColumn, wishedColumns)
  return matched.map((table) => withChosenPaths(table, chosen.get(table) ?? null, index))
}

/** What a wish means in each table; nothing where there is no wish. */
function byTable<Meant>(
  tables: readonly MatchedTable[],
  wish: string | undefined,
  meant: (sheets: MatchedTable['sheet'][], wish: string) => (Meant | null)[],
): Map<MatchedTable, Meant | null> {
  if (wish === undefined) return new Map()
  const found = meant(
    tables.map(({ sheet }) => sheet),
    wish,
  )
  return new Map(tables.map((table, at) => [table, found[at]]))
}

function partedTable(
  table: MatchedTable,
  chosen: number | null,
  taken: readonly number[],
  index: PictureIndex,
  wishes: ReadingWishes,
): Parted {
  if (table.paths.length === 0) return { ...table, told: untold, named: table.sheet.body.map(() => null) }
  const decided = [wishes.train, wishes.test].some((folders) => folders !== undefined)
  const strict = !decided && (wishes.partsFrom ?? 'table') === 'table' && wishes.splitColumn === undefined
  const isThere = (row: number): boolean => table.paths.some(({ named }) => named[row] !== null)
  const told = partsOfRows(table.sheet, { chosen, taken, strict, isThere })
  return { ...table, told, named: namedByRows(table, told.parts?.parts ?? null, index) }
}

function labelledSheet({ sheet, paths, told }: Parted): LabelledSheet {
  return { sheet, columns: otherColumns(sheet, [...paths.map(({ column }) => column), ...told.columns]) }
}

function chosenOnly(chosen: LabelColumns | null, column: string): TableLabels {
  if (chosen === null) return { candidates: [], why: phrase('table-without-column', { column }) }
  return { candidates: [chosen], why: null }
}

function understood(
  table: Parted,
  whyUnread: Phrase | null,
  labelsOf: () => TableLabels,
  index: PictureIndex,
): UnderstoodTable {
  const { sheet, paths, part, told, named } = table
  // What it is called says more than what is wrong with its cells.
  const whyAnswers = part === 'unlabelled' ? phrase('table-of-answers', {}) : null
  const whyEmpty = whyUnread ?? whyAnswers ?? whyWithoutPictures(table, named, index.example ?? '')
  const namesSome = paths.length > 1 || named.some((one) => one !== null)
  const labels = namesSome ? labelsOf() : { candidates: [], why: null }
  const tellsParts = told.parts !== null || told.folds !== null
  return {
    path: sheet.path,
    titles: sheet.titles,
    rows: sheet.body.map((cells, row) => ({ cells, picture: named[row]?.picture ?? null })),
    unread: whyUnread !== null,
    pathColumn: paths.length === 1 ? paths[0].column : null,
    pathChoices: paths.length > 1 ? paths.map(({ column }) => ({ column, name: columnName(sheet, column) })) : [],
    labelColumns: labels.candidates,
    partColumns: told.parts,
    foldColumn: told.folds,
    part,
    ...unnamed(table),
    why: whyEmpty ?? (tellsParts ? null : labels.why),
  }
}

/** The cells of the column of paths that name no picture, and those that several fit. */
function unnamed({ sheet, paths, named }: Parted): Pick<UnderstoodTable, 'absent' | 'ambiguous'> {
  const absent = new Set<string>()
  const ambiguous = new Map<string, AmbiguousCell>()
  if (paths.length === 1) {
    for (const [row, cell] of columnOf(sheet, paths[0].column).entries()) {
      const one = named[row]
      if (cell === '') continue
      if (one === null) absent.add(cell)
      else if (one.ambiguous !== null) ambiguous.set(cell, { cell, pictures: one.ambiguous })
    }
  }
  return { absent: [...absent], ambiguous: [...ambiguous.values()] }
}
