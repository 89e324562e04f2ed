import { z } from 'zod'
import { LeftOut } from '../data/leftOut.ts'
import { Phrase } from '../words/phrases.ts'
import { ReadingWishes } from './readingWishes.ts'

const count = z.int().min(0)

/**
 * A part of a set as its owner's folders and tables name it. `unlabelled`: images to be predicted, which have no label.
 */
export const Part = z.enum(['train', 'validation', 'test', 'unlabelled'])
export type Part = z.infer<typeof Part>

/** A column of a table: the table's path, and the column's title, or its number from 1 where it has none. */
export const NamedColumn = z.strictObject({ table: z.string(), column: z.string() })
export type NamedColumn = z.infer<typeof NamedColumn>

/** What tells the class of an image. */
export const LabelSource = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('folders') }),
  z.strictObject({ from: z.literal('columns'), columns: z.array(NamedColumn).min(1) }),
])
export type LabelSource = z.infer<typeof LabelSource>

/** What tells the part of an image. */
export const PartSource = z.discriminatedUnion('from', [
  /** Folders by their path below the given one. */
  z.strictObject({ from: z.literal('folders'), folders: z.array(z.strictObject({ folder: z.string(), part: Part })) }),
  /** A column of words, each with the number of images that have it. */
  z.strictObject({
    from: z.literal('columns'),
    columns: z.array(NamedColumn).min(1),
    words: z.array(z.strictObject({ word: z.string(), part: Part, images: count })),
  }),
  /** A column of numbered folds. A run tests with one of them. */
  z.strictObject({ from: z.literal('folds'), columns: z.array(NamedColumn).min(1), folds: z.array(count) }),
  /** The names of tables, such as `train.csv`. */
  z.strictObject({ from: z.literal('tables'), tables: z.array(z.strictObject({ table: z.string(), part: Part })) }),
  /** Nothing: each run draws its test images by its seed. */
  z.strictObject({ from: z.literal('seed') }),
])
export type PartSource = z.infer<typeof PartSource>

/** A table among the files: what it is used for, and why not for more. */
export const TableUse = z.strictObject({
  table: z.string(),
  /** Rows below the titles; null where it could not be read as a table. */
  rows: count.nullable(),
  use: z.enum(['labels', 'parts', 'labels and parts', 'nothing']),
  /** Why it is used for nothing; null where it is used. */
  why: Phrase.nullable(),
})
export type TableUse = z.infer<typeof TableUse>

/** How many images of a class each part has. */
export const PlannedClass = z.strictObject({ name: z.string(), train: count, validation: count, test: count })
export type PlannedClass = z.infer<typeof PlannedClass>

/** How the files of a person's own images are read. Paths are as in the given folder or archive. */
export const ReadingPlan = z.strictObject({
  labels: LabelSource,
  parts: PartSource,
  /** In the order of their labels. */
  classes: z.array(PlannedClass).min(2),
  /**
   * What becomes of validation images: they test where there are no test images, and are trained on otherwise, because
   * a run draws its own. Null: there are none.
   */
  validation: z.enum(['tested', 'trained']).nullable(),
  /** All tables, by path. */
  tables: z.array(TableUse),
  /** Images that a table names but that are not there. */
  absent: z.strictObject({ count, first: z.array(z.string()).max(3) }),
  leftOut: z.array(LeftOut),
})
export type ReadingPlan = z.infer<typeof ReadingPlan>

/** How many images of a reading are shown before it is taken. */
export const shownImages = 9

/** One way in which files can be read. */
export const Reading = z.strictObject({
  /** The wishes that lead to this reading and no other. */
  wishes: ReadingWishes,
  plan: ReadingPlan,
  /** Its first images, spread over the classes. */
  first: z.array(z.strictObject({ picture: z.string(), className: z.string(), part: Part })).max(shownImages),
})
export type Reading = z.infer<typeof Reading>

/** All ways in which files can be read. */
export const Readings = z.strictObject({
  /** The one that is taken, or the likeliest, first. */
  readings: z.array(Reading).min(1),
  /** What a person must decide before anything is taken; null: the first reading is meant. */
  question: Phrase.nullable(),
})
export type Readings = z.infer<typeof Readings>
