import type { LeftOut } from '../data/leftOut.ts'
import type { Phrase } from '../words/phrases.ts'
import type { Part, Readings } from './readingPlan.ts'

/** A table among a person's files. Paths begin with the name of what was given, with `/`. */
export interface FoundTable {
  readonly path: string
  /**
   * All its rows, titles included, without the lines above them; null where it cannot be read as a table, and `why`.
   */
  readonly rows: readonly (readonly string[])[] | null
  readonly why: Phrase | null
}

/** What a folder or archive of a person's own images holds. */
export interface FoundFiles {
  /** Paths of the pictures of the kinds that are read, in any order. */
  readonly pictures: readonly string[]
  readonly tables: readonly FoundTable[]
  /** What was left out before. */
  readonly leftOut: readonly LeftOut[]
}

/** An image of a set, as its owner's folders and tables describe it. */
export interface ReadImage {
  readonly picture: string
  readonly className: string
  readonly part: Exclude<Part, 'unlabelled'>
  /** The fold that a table puts it in; null: there are no folds. */
  readonly fold: number | null
}

/** The ways in which files can be read, with the images of the first. */
export interface ReadFiles extends Readings {
  readonly images: readonly ReadImage[]
}
