import { alike, bySeed, type Parting } from './parting.ts'
import type { ReadingWishes } from './readingWishes.ts'

/** The partings that a set's files offer. */
export interface OfferedPartings {
  /** By folders that are parts. */
  readonly folders: Parting | null
  /** By columns of tables: words of parts. */
  readonly columns: readonly Parting[]
  /** By columns of numbered folds. */
  readonly folds: readonly Parting[]
  /** By the names of tables. */
  readonly tables: Parting | null
}

/** The partings that may be meant. */
export interface PartChoice {
  /** The one that is meant; if there are several, a person must say which. */
  readonly meant: readonly Parting[]
  /** Others that a person may choose instead. */
  readonly others: readonly Parting[]
}

/**
 * Chooses what tells the parts of the labelled pictures. Folders and columns that say the same are one. Where they
 * contradict each other, a person must choose.
 */
export function choosePartings(
  offered: OfferedPartings,
  { partsFrom, splitColumn, train, test }: ReadingWishes,
  labelled: Iterable<string>,
): PartChoice {
  const { folders, columns, folds, tables } = offered
  const inTables = [...columns, ...(tables === null ? [] : [tables]), ...folds]
  const all = [...(folders === null ? [] : [folders]), ...inTables, bySeed]
  const meant = (some: readonly Parting[]): PartChoice => ({
    meant: some,
    others: all.filter((one) => !some.includes(one)),
  })
  if (partsFrom === 'seed') return meant([bySeed])
  if (train !== undefined || test !== undefined || partsFrom === 'folders')
    return meant(folders === null ? [] : [folders])
  const wished = splitColumn !== undefined || partsFrom === 'table'
  const pictures = [...labelled]
  const [first, ...further] = [...(folders === null || wished ? [] : [folders]), ...columns]
  if (first === undefined) {
    const [likeliest] = inTables
    return meant(likeliest === undefined ? (wished ? [] : [bySeed]) : [likeliest])
  }
  const contradicting = further.filter((one) => !alike(first, one, pictures))
  return meant([first, ...contradicting])
}
