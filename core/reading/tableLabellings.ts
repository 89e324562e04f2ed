import { phrase } from '../words/phrases.ts'
import { LabError, problem } from '../words/problems.ts'
import type { ColumnLabelling } from './chooseLabelling.ts'
import type { LabelColumns } from './labelColumns.ts'
import type { UnderstoodTable } from './understandTable.ts'

/** A table with the columns of it that tell the classes. */
interface Chosen {
  readonly table: UnderstoodTable
  readonly labels: LabelColumns
}

export interface TableLabellings {
  readonly labellings: readonly ColumnLabelling[]
  /** Why columns that seem to hold labels cannot: they give a picture two, or name one of several. */
  readonly conflicts: readonly LabError[]
}

/**
 * The ways in which columns of tables tell the classes. Columns of the same name in several tables (`train.csv` and
 * `test.csv`) are one. A table that has no column of that name joins in with the only one it has.
 */
export function labellingsOf(tables: readonly UnderstoodTable[]): TableLabellings {
  const wishes = [...new Set(tables.flatMap(({ labelColumns }) => labelColumns.map(({ wish }) => wish)))]
  const byColumns = new Map<string, ColumnLabelling | LabError>()
  for (const wish of wishes) {
    const chosen = tables.flatMap((table) => chosenIn(table, wish))
    const key = JSON.stringify(chosen.map(({ table, labels }) => [table.path, labels.columns]))
    if (!byColumns.has(key)) byColumns.set(key, labellingBy(chosen, wish))
  }
  const all = [...byColumns.values()]
  return {
    labellings: all.flatMap((one) => (one instanceof LabError ? [] : [one])),
    conflicts: all.flatMap((one) => (one instanceof LabError ? [one] : [])),
  }
}

function chosenIn(table: UnderstoodTable, wish: string): Chosen[] {
  const [only, ...others] = table.labelColumns
  if (only === undefined) return []
  const named = table.labelColumns.find((labels) => labels.wish === wish)
  if (named !== undefined) return [{ table, labels: named }]
  return others.length === 0 ? [{ table, labels: only }] : []
}

/** @returns an error where they give a picture two labels, or name one of several. */
function labellingBy(chosen: readonly Chosen[], wish: string): ColumnLabelling | LabError {
  const of = new Map<string, string>()
  for (const { table, labels } of chosen) {
    const [unclear] = table.ambiguous
    if (unclear !== undefined) {
      const [one, other] = unclear.pictures
      return new LabError(problem('cell-ambiguous', { file: fileName(table.path), cell: unclear.cell, one, other }))
    }
    for (const [row, { picture }] of table.rows.entries()) {
      const label = labels.labels[row]
      if (picture === null || label === '') continue
      const before = of.get(picture)
      if (before !== undefined && before !== label)
        return new LabError(
          problem('table-unread', {
            file: fileName(table.path),
            detail: phrase('picture-of-two-classes', { picture: fileName(picture), one: before, other: label }),
          }),
        )
      of.set(picture, label)
    }
  }
  return {
    source: {
      from: 'columns',
      columns: chosen.flatMap(({ table, labels }) => labels.names.map((column) => ({ table: table.path, column }))),
    },
    wishes: { labelsFrom: 'table', labelColumn: wish },
    of,
    absent: chosen.flatMap(({ table }) => table.absent),
    known: chosen.every(({ labels }) => labels.known),
  }
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
