import { betterNamed, relationOf, type Labelling } from './labelling.ts'
import type { ReadingWishes } from './readingWishes.ts'

/** A labelling by a column of tables. */
export interface ColumnLabelling extends Labelling {
  /** Whether the column's title is one that columns of labels commonly have. */
  readonly known: boolean
}

/** The labellings that may be meant. */
export interface LabelChoice {
  /** The one that is meant; if there are several, a person must say which. Empty: nothing tells the classes. */
  readonly meant: readonly Labelling[]
  /** Others that a person may choose instead. */
  readonly others: readonly Labelling[]
}

/**
 * Chooses what tells the classes. Class folders do, unless a table has a column that is known to hold labels and that
 * agrees with them or refines them. Where such a column contradicts the folders, where a column labels more pictures than
 * they do, or where several columns may be meant, a person must choose.
 */
export function chooseLabelling(
  folders: Labelling | null,
  columns: readonly ColumnLabelling[],
  { labelsFrom, labelColumn }: ReadingWishes,
): LabelChoice {
  if (labelsFrom === 'folders') return { meant: folders === null ? [] : [folders], others: columns }
  if (labelsFrom === 'table' || labelColumn !== undefined) {
    const likeliest = mostLikely(columns)
    return { meant: likeliest, others: [...without(columns, likeliest), ...(folders === null ? [] : [folders])] }
  }
  // Pictures in one folder have no class folders: a column may tell their classes.
  if (folders === null || (columns.length > 0 && new Set(folders.of.values()).size === 1)) {
    const likeliest = mostLikely(columns)
    return { meant: likeliest, others: without(columns, likeliest) }
  }
  return besideFolders(folders, columns)
}

/** The columns that are known to hold labels, where there are such. */
function mostLikely(columns: readonly ColumnLabelling[]): readonly ColumnLabelling[] {
  const known = columns.filter((column) => column.known)
  return known.length > 0 ? known : columns
}

function without(all: readonly Labelling[], some: readonly Labelling[]): readonly Labelling[] {
  return all.filter((one) => !some.includes(one))
}

function besideFolders(folders: Labelling, columns: readonly ColumnLabelling[]): LabelChoice {
  const known = columns.filter((column) => column.known)
  const related = known.map((column) => ({ column, relation: relationOf(column, folders) }))
  const of = (...wanted: readonly (typeof related)[number]['relation'][]): ColumnLabelling[] =>
    related.filter(({ relation }) => wanted.includes(relation)).map(({ column }) => column)
  const all = [folders, ...columns]
  const [same] = of('same')
  if (same !== undefined) {
    // A table may also label images in parts that have no class folders.
    const better = same.of.size > folders.of.size ? same : betterNamed(folders, same)
    return { meant: [better], others: all.filter((one) => one !== better && one !== same && one !== folders) }
  }
  const finer = of('finer')
  if (finer.length > 0) {
    const meant = finer.length === 1 ? finer : [...finer, folders]
    return { meant, others: without(all, meant) }
  }
  // A column that labels pictures beside the class folders may be the label of all.
  const wider = columns.filter((column) => column.of.size > folders.of.size)
  const contradicting = [...new Set([...of('other'), ...wider])]
  const meant = contradicting.length === 0 ? [folders] : [folders, ...contradicting]
  return { meant, others: without(all, meant) }
}
