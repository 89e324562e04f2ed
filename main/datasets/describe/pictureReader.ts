import type { Split, SplitOffer } from '../../../core/data/dataset.ts'
import type { LeftOut } from '../../../core/data/leftOut.ts'
import type { ReadingPlan } from '../../../core/reading/readingPlan.ts'
import type { ReadingWishes } from '../../../core/reading/readingWishes.ts'
import type { Phrase } from '../../../core/words/phrases.ts'

/** A box in a picture, in pixels. `top` and `left` are inclusive, `bottom` and `right` exclusive. */
export interface Box {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

/** An image of a set, as its files describe it: a picture, or an object in one. */
export interface DescribedImage {
  /** Path of the picture, as `sort` was given it. Several images may come from one picture. */
  readonly picture: string
  /** Index of its class. */
  readonly label: number
  /** `train` for all images of a set without an official split. */
  readonly split: Split
  /** Its group (a session, a fold); null in sets without groups. */
  readonly group: number | null
  /** The annotated object; null if there is none, or if it is the whole picture. */
  readonly box: Box | null
}

/** What the files of a set say of its images. */
export interface SetDescription {
  /** Class names from the files (a person's own images); null: those of the card. */
  readonly classes: readonly string[] | null
  /**
   * The card's edition that the paths show; null if they do not show one, or the card has none.
   */
  readonly edition: string | null
  /**
   * In index order. A pure function of the files, independent of the order in which they came.
   */
  readonly images: readonly DescribedImage[]
  /**
   * What this copy lacks, at most 20 entries: names of folders, files or classes, with `have/whole` if part of it is
   * present. They read the same in every language.
   */
  readonly missing: readonly string[]
  /** Of a person's own images: how they are read. */
  readonly plan?: ReadingPlan
  /** Where the files state another split than the card. */
  readonly split?: SplitOffer
}

/** What the reader of a person's own images must know besides. */
export interface OwnFiles {
  readonly wishes: ReadingWishes
  /** What was left out before. */
  readonly leftOut: readonly LeftOut[]
  /** Tables that cannot be read, by path, and why. */
  readonly unread: ReadonlyMap<string, Phrase>
}

/**
 * How the files of a set of pictures are read. Paths may begin with any folders, because a person may name the archive,
 * its folder, a folder around it or one inside.
 */
export interface PictureReader {
  /**
   * Whether pictures are told by their first bytes, of every kind that the lab reads, whatever their names. If left
   * out, the set has JPEG and PNG pictures, and `sort` knows them by name.
   */
  readonly byContent?: true
  /**
   * What a file is by its path: a picture to keep, a table to read whole before the images are described, or a file to
   * skip.
   */
  sort(path: string): 'picture' | 'table' | 'skip'
  /**
   * The part of a table to keep until all files have come; by default all of it. Needed for sets with a table for every
   * picture, which would otherwise fill the memory.
   */
  shorten?(path: string, table: Buffer): Buffer
  /**
   * @param pictures Paths of the pictures that came, in any order.
   * @param tables Bytes of the tables by path, as `shorten` left them.
   * @param own Left out: no wishes, and nothing was left out. The readers of published sets need none of it.
   * @throws SourceError that says what is wrong, when the files are not those of the set.
   */
  describe(pictures: readonly string[], tables: ReadonlyMap<string, Buffer>, own?: OwnFiles): SetDescription
}
