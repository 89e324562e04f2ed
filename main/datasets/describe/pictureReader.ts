import type { Split } from '../../../core/dataset.ts'

/** Corners of a box in a picture, in its pixels: from `top` and `left` on, up to but without `bottom` and `right`. */
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
  /** What it belongs together with (a session, a fold); null in sets without groups. */
  readonly group: number | null
  /** The annotated object; null where there is none, or where it is the whole picture. */
  readonly box: Box | null
}

/** What the files of a set say of its images. */
export interface SetDescription {
  /** The set's own class names where its files say them (a person's own images); null: those of its card. */
  readonly classes: readonly string[] | null
  /**
   * Which of its card's editions the files are, as their paths say; null where they do not say, or the card has none.
   */
  readonly edition: string | null
  /**
   * In the order that gives each image its index. A pure function of the files, whatever the order in which they came.
   */
  readonly images: readonly DescribedImage[]
  /**
   * What a whole copy has and this one lacks, at most 20: names of folders, files or classes, with `have/whole` where a
   * part of it is here. They read the same in every language.
   */
  readonly missing: readonly string[]
}

/**
 * How the files of a set of pictures are told apart. Paths may begin with any folders: a person names the archive, its
 * folder, one around it or one inside.
 */
export interface PictureReader {
  /**
   * What a file is: a picture (JPEG or PNG) to be kept, a table to be read whole before the images are described, or
   * none of the set's.
   */
  sort(path: string): 'picture' | 'table' | 'skip'
  /**
   * What of a table is kept until all files have come; all of it where there is no such function. Sets with a table for
   * every picture would fill the memory with them.
   */
  shorten?(path: string, table: Buffer): Buffer
  /**
   * @param pictures Paths of the pictures that came, in any order.
   * @param tables Bytes of the tables by path, as `shorten` left them.
   * @throws SourceError that says what is wrong, when the files are not those of the set.
   */
  describe(pictures: readonly string[], tables: ReadonlyMap<string, Buffer>): SetDescription
}
