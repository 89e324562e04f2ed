import { columnFacts, countedValues, isEmptyCell, numberIn, repeats, type ColumnFacts } from './columnFacts.ts'
import { isLabelTitle, isOtherTitle, titleKey, type Known } from './columnTitles.ts'
import { labelsOfOneHot, oneHotColumns } from './oneHot.ts'
import { columnName, columnNumbers, columnOf, titleOf, type Sheet } from './sheet.ts'

/** Columns that may hold the labels, with the label of each row; empty where a row has none. */
export interface LabelColumns {
  /** One column, or those of a one-hot code. */
  readonly columns: readonly number[]
  /** What they are called. */
  readonly names: readonly string[]
  /** The wish that chooses them. */
  readonly wish: string
  /** Whether the title is one of labels. */
  readonly known: boolean
  readonly labels: readonly string[]
}

/** A table with the columns in which labels are looked for. */
export interface LabelledSheet {
  readonly sheet: Sheet
  readonly columns: readonly number[]
}

function labelsIn(sheet: Sheet, column: number): string[] {
  return columnOf(sheet, column).map((cell) => (isEmptyCell(cell) ? '' : cell.normalize('NFC')))
}

/** One column as that of labels. */
export function labelColumn(sheet: Sheet, column: number): LabelColumns {
  const name = columnName(sheet, column)
  const known = isLabelTitle(titleOf(sheet, column)) !== 'no'
  return { columns: [column], names: [name], wish: name, known, labels: labelsIn(sheet, column) }
}

/** What the same column is called in all tables of a set. */
function sharedName({ titles, width }: Sheet, column: number): string {
  const title = titles?.at(column) ?? ''
  return title === '' ? `${column} of ${width}` : `“${titleKey(title)}”`
}

/** Facts of columns, over all tables that have a column of that title: a table may hold a single class. */
export class SharedFacts {
  readonly #columns = new Map<string, (readonly [Sheet, number])[]>()
  readonly #facts = new Map<string, ColumnFacts>()

  constructor(sheets: readonly LabelledSheet[]) {
    for (const { sheet, columns } of sheets) {
      for (const column of columns) {
        const name = sharedName(sheet, column)
        this.#columns.set(name, [...(this.#columns.get(name) ?? []), [sheet, column]])
      }
    }
  }

  of(sheet: Sheet, column: number): ColumnFacts {
    const name = sharedName(sheet, column)
    const facts = this.#facts.get(name) ?? columnFacts(countedValues(cellsOf(this.#columns.get(name) ?? [])))
    this.#facts.set(name, facts)
    return facts
  }
}

function* cellsOf(columns: readonly (readonly [Sheet, number])[]): Generator<string> {
  for (const [{ body }, column] of columns) for (const row of body) yield row.at(column) ?? ''
}

/** Whether a column may hold labels, by its title and its values. */
function mayBeLabels(title: string, facts: ColumnFacts): boolean {
  if (facts.kind === 'fractions') return false
  // Labels that all differ teach nothing, whatever the title.
  if (isLabelTitle(title) !== 'no') return facts.distinct < facts.filled
  const sorts = facts.kind === 'words' || facts.kind === 'numbers'
  return !isOtherTitle(title) && sorts && facts.distinct > 1 && repeats(facts)
}

/** Whether two columns divide the rows into the same classes, only by other names. */
function dividesAlike(one: LabelColumns, other: LabelColumns): boolean {
  const otherOf = new Map<string, string>()
  for (const [row, label] of one.labels.entries()) {
    const before = otherOf.get(label)
    if (before !== undefined && before !== other.labels[row]) return false
    otherOf.set(label, other.labels[row])
  }
  return new Set(otherOf.values()).size === otherOf.size
}

function hasWords({ labels }: LabelColumns): boolean {
  return labels.some((label) => label !== '' && numberIn(label) === null)
}

/** So many rows of a table have labels that repeat, if they are any. */
const smallTable = 12

/** Those whose own labels may be some: the same column of another table may be filled, or name each class once here. */
function withLabels(candidates: readonly LabelColumns[]): LabelColumns[] {
  return candidates.filter(({ labels }) => {
    const filled = labels.filter((label) => label !== '')
    return filled.length > 0 && (filled.length <= smallTable || new Set(filled).size < filled.length)
  })
}

/** Of columns that divide the rows alike, the first one with words. */
function withoutDoubles(candidates: readonly LabelColumns[]): LabelColumns[] {
  const kept: LabelColumns[] = []
  for (const one of candidates) {
    const same = kept.findIndex((other) => dividesAlike(one, other))
    if (same < 0) kept.push(one)
    else if (!hasWords(kept[same]) && hasWords(one)) kept[same] = one
  }
  return kept
}

/** The wish that means a one-hot code: the names of its columns, or their numbers where those are too long. */
function wishOf(names: readonly string[], columns: readonly number[]): string {
  const joined = names.join(',')
  return joined.length <= 200 ? joined : columns.map((column) => column + 1).join(',')
}

/** The one-hot code among columns; null if there is none. */
export function oneHotLabels({ sheet, columns }: LabelledSheet): LabelColumns | null {
  const oneHot = oneHotColumns(sheet, columns)
  if (oneHot.length === 0) return null
  const names = oneHot.map((column) => columnName(sheet, column))
  return { columns: oneHot, names, wish: wishOf(names, oneHot), known: false, labels: labelsOfOneHot(sheet, oneHot) }
}

/**
 * The columns that may hold a table's labels: those with a title of labels, otherwise those whose values repeat as
 * classes do. Several if nothing tells which is meant.
 */
export function labelColumns(labelled: LabelledSheet, facts: SharedFacts): LabelColumns[] {
  const { sheet, columns } = labelled
  const titled = (how: Known): number[] => columns.filter((column) => isLabelTitle(titleOf(sheet, column)) === how)
  const mayBe = (column: number): boolean => mayBeLabels(titleOf(sheet, column), facts.of(sheet, column))
  const known = (['yes', 'weak'] as const).map((how) =>
    withLabels(
      titled(how)
        .filter(mayBe)
        .map((column) => labelColumn(sheet, column)),
    ),
  )
  // A column of one class counts only where no other has a title of labels.
  const varied = known.map((some) => some.filter(({ columns: [column] }) => facts.of(sheet, column).distinct > 1))
  const best = [...varied, ...known].find((some) => some.length > 0)
  if (best !== undefined) return withoutDoubles(best)
  const oneHot = oneHotLabels(labelled)
  const others = titled('no').filter((column) => mayBe(column) && oneHot?.columns.includes(column) !== true)
  const single = others.map((column) => labelColumn(sheet, column))
  return withoutDoubles(withLabels([...(oneHot === null ? [] : [oneHot]), ...single]))
}

/** The first column with a title of labels whose values all differ; null if there is none. */
export function differingLabels({ sheet, columns }: LabelledSheet): number | null {
  const differs = (column: number): boolean => {
    const filled = labelsIn(sheet, column).filter((label) => label !== '')
    return filled.length > 1 && new Set(filled).size === filled.length
  }
  return columns.find((column) => isLabelTitle(titleOf(sheet, column)) !== 'no' && differs(column)) ?? null
}

/** All columns but some. */
export function otherColumns(sheet: Sheet, taken: readonly number[]): number[] {
  return columnNumbers(sheet).filter((column) => !taken.includes(column))
}
