import type { OfferedPartings } from './choosePartings.ts'
import type { Labelling } from './labelling.ts'
import type { Parting } from './parting.ts'
import type { NamedColumn, Part } from './readingPlan.ts'
import type { UnderstoodTable } from './understandTable.ts'

/**
 * What tables say of the parts of the pictures that a labelling labels. A column or a list counts only if it covers all of
 * them: otherwise it would make the set smaller.
 */
export function partingsOf(tables: readonly UnderstoodTable[], labelling: Labelling): Omit<OfferedPartings, 'folders'> {
  const covers = ({ of, folds }: Parting): boolean => {
    const known: ReadonlyMap<string, unknown> = folds ?? of
    return [...labelling.of.keys()].every((picture) => known.has(picture))
  }
  const whole = (parting: Parting | null): Parting[] => (parting !== null && covers(parting) ? [parting] : [])
  return {
    columns: whole(byWords(tables)),
    folds: whole(byFolds(tables)),
    tables: whole(byNames(tables, labelling)).at(0) ?? null,
  }
}

/** By the words in columns of all tables that have one. */
function byWords(tables: readonly UnderstoodTable[]): Parting | null {
  const of = new Map<string, Part>()
  const words = new Map<string, { word: string; part: Part; images: number }>()
  const columns: NamedColumn[] = []
  for (const { path, rows, partColumns } of tables) {
    if (partColumns === null) continue
    columns.push(...partColumns.names.map((column) => ({ table: path, column })))
    for (const [row, { picture }] of rows.entries()) {
      const part = partColumns.parts[row]
      const word = partColumns.words[row]
      if (picture === null || of.has(picture)) continue
      of.set(picture, part)
      const counted = words.get(word) ?? { word, part, images: 0 }
      counted.images += 1
      words.set(word, counted)
    }
  }
  const [first] = columns
  if (first === undefined) return null
  return {
    source: { from: 'columns', columns, words: [...words.values()] },
    wishes: { partsFrom: 'table', splitColumn: first.column },
    of,
    folds: null,
  }
}

function byFolds(tables: readonly UnderstoodTable[]): Parting | null {
  const folds = new Map<string, number>()
  const columns: NamedColumn[] = []
  for (const { path, rows, foldColumn } of tables) {
    if (foldColumn === null) continue
    columns.push({ table: path, column: foldColumn.name })
    for (const [row, { picture }] of rows.entries()) {
      const fold = foldColumn.folds[row]
      if (picture !== null && fold !== null) folds.set(picture, fold)
    }
  }
  const [first] = columns
  if (first === undefined) return null
  const numbers = [...new Set(folds.values())].sort((one, other) => one - other)
  return {
    source: { from: 'folds', columns, folds: numbers },
    wishes: { partsFrom: 'table', splitColumn: first.column },
    of: new Map(),
    folds,
  }
}

/** By the names of tables, such as `train.csv`, if they name more than one part. */
function byNames(tables: readonly UnderstoodTable[], { source }: Labelling): Parting | null {
  const listing = tables.flatMap((table) => (table.part === null ? [] : [{ ...table, part: table.part }]))
  if (source.from === 'folders') return byLists(listing.filter(({ part }) => part !== 'unlabelled'))
  const labelling = source.columns.map(({ table }) => table)
  const named = listing.filter(({ path }) => labelling.includes(path))
  return named.length < new Set(labelling).size ? null : byLists(named)
}

/** From the part that counts least where several tables list a picture: what tests must not be trained on. */
const byWeight: readonly Part[] = ['unlabelled', 'train', 'validation', 'test']

/** @returns null if the tables list one part only. */
function byLists(tables: readonly (UnderstoodTable & { readonly part: Part })[]): Parting | null {
  const of = new Map<string, Part>()
  for (const weighed of byWeight) {
    for (const { rows, part } of tables) {
      if (part === weighed) for (const { picture } of rows) if (picture !== null) of.set(picture, part)
    }
  }
  if (new Set(of.values()).size < 2) return null
  return {
    source: { from: 'tables', tables: tables.map(({ path, part }) => ({ table: path, part })) },
    wishes: { partsFrom: 'table' },
    of,
    folds: null,
  }
}
