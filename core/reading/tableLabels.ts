import { phrase, type Phrase } from '../words/phrases.ts'
import {
  differingLabels,
  labelColumn,
  labelColumns,
  oneHotLabels,
  otherColumns,
  type LabelColumns,
  type LabelledSheet,
  type SharedFacts,
} from './labelColumns.ts'
import type { Part } from './readingPlan.ts'
import { columnName, type Sheet } from './sheet.ts'
import { wishedColumns } from './wishedColumn.ts'

/** What may be the labels of a table, and why there are none. */
export interface TableLabels {
  readonly candidates: readonly LabelColumns[]
  /** Null where there are some. */
  readonly why: Phrase | null
}

/**
 * The columns of labels that a person has chosen: for each table its own, or null.
 * @throws LabError `reading-column-unknown` if no table has the column.
 */
export function chosenLabels(sheets: readonly Sheet[], wish: string): (LabelColumns | null)[] {
  const oneHot = sheets.map((sheet) => oneHotLabels({ sheet, columns: otherColumns(sheet, []) }))
  if (oneHot.some((one) => one?.wish === wish)) return oneHot.map((one) => (one?.wish === wish ? one : null))
  return wishedColumns(sheets, wish).map((column, at) => (column === null ? null : labelColumn(sheets[at], column)))
}

/** Whether all rows of a table have one label, though the same column of other tables has several: it holds a place. */
function heldPlace(part: Part | null, { sheet }: LabelledSheet, one: LabelColumns, facts: SharedFacts): string | null {
  if (part !== 'test') return null
  const labels = one.labels.filter((label) => label !== '')
  const classes = facts.of(sheet, one.columns[0]).distinct
  const constant = labels.length >= Math.max(4, classes) && labels.every((label) => label === labels[0])
  return constant && classes > 1 ? labels[0] : null
}

/** The labels of a table that nobody has decided. */
export function tableLabels(labelled: LabelledSheet, part: Part | null, facts: SharedFacts): TableLabels {
  if (part === 'unlabelled') return { candidates: [], why: phrase('table-of-answers', {}) }
  const candidates = labelColumns(labelled, facts)
  const held = candidates.map((one) => heldPlace(part, labelled, one, facts))
  const real = candidates.filter((_, at) => held[at] === null)
  if (real.length > 0) return { candidates: real, why: null }
  const label = held.find((one) => one !== null)
  return {
    candidates: [],
    why: label == null ? whyWithoutLabels(labelled) : phrase('table-labels-constant', { label }),
  }
}

function whyWithoutLabels(labelled: LabelledSheet): Phrase {
  const differing = differingLabels(labelled)
  if (differing === null) return phrase('table-without-labels', {})
  return phrase('table-labels-differ', { column: columnName(labelled.sheet, differing) })
}
