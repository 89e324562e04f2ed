import { phrase, type Phrase } from '../words/phrases.ts'
import { refuse, type LabError } from '../words/problems.ts'
import type { ColumnLabelling } from './chooseLabelling.ts'
import type { OfferedPartings } from './choosePartings.ts'
import type { Frame } from './frame.ts'
import { relationOf, type Labelling } from './labelling.ts'
import type { Parting } from './parting.ts'
import type { TableUse } from './readingPlan.ts'
import type { ReadingWishes } from './readingWishes.ts'
import { labellingsOf } from './tableLabellings.ts'
import { partingsOf } from './tablePartings.ts'
import type { UnderstoodTable } from './understandTable.ts'

/** The tables among a person's files, as far as they are about the pictures. */
export class Tables {
  /** What their columns say of the classes. */
  readonly columns: readonly ColumnLabelling[]
  /** Columns that name different pictures equally well, if one of them must be chosen. */
  readonly pathColumns: readonly string[]
  readonly #tables: readonly UnderstoodTable[]
  readonly #frame: Frame
  readonly #conflicts: readonly LabError[]

  constructor(tables: readonly UnderstoodTable[], frame: Frame) {
    this.#tables = tables
    this.#frame = frame
    const { labellings, conflicts } = labellingsOf(tables)
    this.columns = labellings
    this.pathColumns =
      tables.find(({ pathChoices }) => pathChoices.length > 0)?.pathChoices.map(({ name }) => name) ?? []
    this.#conflicts = conflicts
  }

  /** What the tables say of the parts of the pictures that a labelling labels. */
  partingsFor(labelling: Labelling): Omit<OfferedPartings, 'folders'> {
    return partingsOf(this.#tables, labelling)
  }

  /** What each table is used for in a reading. */
  uses(labelling: Labelling, parting: Parting): TableUse[] {
    const ofLabels = tablesIn(labelling.source)
    const ofParts = tablesIn(parting.source)
    return this.#tables.map((table) => {
      const labels = ofLabels.has(table.path)
      const parts = ofParts.has(table.path)
      const use = labels && parts ? 'labels and parts' : labels ? 'labels' : parts ? 'parts' : 'nothing'
      return {
        table: table.path,
        rows: table.unread ? null : table.rows.length,
        use,
        why: use === 'nothing' ? this.#whyNot(table) : null,
      }
    })
  }

  #whyNot(table: UnderstoodTable): Phrase {
    if (table.why !== null) return table.why
    const { labelling: folders } = this.#frame
    if (folders === null) return phrase('labels-otherwise', {})
    const known = this.columns.find(
      ({ known, source }) =>
        known && source.from === 'columns' && source.columns.some((one) => one.table === table.path),
    )
    if (known === undefined) return phrase('labels-from-folders', {})
    const relation = relationOf(known, folders)
    if (relation === 'same') return phrase('labels-as-folders', {})
    if (relation === 'coarser') return phrase('labels-coarser', {})
    if (relation === 'some') return phrase('labels-of-some', { named: known.of.size, all: folders.of.size })
    return phrase('labels-otherwise', {})
  }

  /** Says why nothing tells the classes. */
  refuseUnlabelled({ parting }: Frame, { labelsFrom, labelColumn }: ReadingWishes): never {
    const [conflict] = this.#conflicts
    if (conflict !== undefined && labelsFrom !== 'folders') throw conflict
    const useless = this.#tables.find(({ why }) => why !== null)
    if (labelsFrom === 'folders')
      refuse('reading-no-labels', { wish: '--labels-from folders', why: phrase('no-class-folders', {}) })
    if (labelsFrom === 'table' || labelColumn !== undefined)
      refuse('reading-no-labels', {
        wish: labelColumn === undefined ? '--labels-from table' : `--label-column ${labelColumn}`,
        why: useless?.why ?? phrase(this.#tables.length === 0 ? 'no-tables' : 'no-column-of-labels', {}),
      })
    if (useless?.why != null) refuse('table-useless', { file: nameOf(useless.path), why: useless.why })
    if (parting?.source.from === 'folders') {
      const folders = parting.source.folders.map(({ folder }) => folder)
      refuse('parts-without-classes', { folders: folders.join(', '), example: folders[0] })
    }
    return refuse('images-unsorted', {})
  }

  /** Says why parts cannot be told as a person wishes. */
  refuseUnparted({ partsFrom, splitColumn, train, test }: ReadingWishes): never {
    const folders = partsFrom === 'folders' || train !== undefined || test !== undefined
    return refuse('reading-no-parts', {
      wish: folders
        ? '--parts-from folders'
        : splitColumn === undefined
          ? `--parts-from ${partsFrom ?? 'table'}`
          : `--split-column ${splitColumn}`,
      why: phrase(folders ? 'no-part-folders' : 'no-column-of-parts', {}),
    })
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** The tables that a source names. */
function tablesIn(source: Labelling['source'] | Parting['source']): ReadonlySet<string> {
  if (source.from === 'columns' || source.from === 'folds') return new Set(source.columns.map(({ table }) => table))
  return new Set(source.from === 'tables' ? source.tables.map(({ table }) => table) : [])
}
