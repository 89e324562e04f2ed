import type { DatasetCard, DatasetFacts, Split } from '../../core/data/dataset.ts'
import { phraseText, type Phrase } from '../../core/words/phrases.ts'
import type { PixelStatistics } from '../../core/data/pixels.ts'
import type { PictureReader } from './describe/pictureReader.ts'

/** One file as its publisher offers it. */
export interface PublishedFile {
  readonly url: string
  /** Bytes to transfer, for progress until the server states its own number. */
  readonly bytes: number
  /** Null where the publisher states none. */
  readonly md5: string | null
}

/** A file that its publisher gives only to people who have accepted the licence. */
export interface HandedOutFile extends PublishedFile {
  readonly name: string
}

/**
 * How a source packs its files. Names are base names inside the archive. `.gz` files inside it are unpacked on reading.
 */
export type Format =
  /** The format of MNIST: big-endian header with the dimensions, then bytes. */
  | {
      readonly kind: 'idx'
      readonly train: { readonly images: string; readonly labels: string }
      readonly test: { readonly images: string; readonly labels: string }
    }
  /** Records of a label byte and the image's planes, one channel after the other. */
  | { readonly kind: 'planar-records'; readonly train: readonly string[]; readonly test: readonly string[] }
  /** PNG pictures in which each row of pixels is one image, read row by row; labels in a JSON array. */
  | { readonly kind: 'png-strips'; readonly train: PngStrips; readonly test: PngStrips }
  /** As `planar-records`, with a label byte of a coarser class before the one that counts. */
  | { readonly kind: 'coarse-planar-records'; readonly train: readonly string[]; readonly test: readonly string[] }
  /** Pickles of protocol 2: a dictionary with the images' planes under `data` and their labels under `labels`. */
  | {
      readonly kind: 'pickles'
      readonly train: readonly string[]
      readonly test: readonly string[]
      readonly labels: string
    }
  /** JPEG or PNG pictures of any size, read by the set's `pictures`. */
  | { readonly kind: 'pictures' }

export interface PngStrips {
  readonly pictures: readonly string[]
  readonly labels: string
}

/** A place that offers a set, and the format of its files there. */
export type DatasetSource =
  /** `edition`: which of the card's editions it offers, if there are several. */
  | {
      readonly kind: 'publisher'
      readonly edition?: string
      readonly files: readonly PublishedFile[]
      readonly format: Format
    }
  | {
      readonly kind: 'npm'
      readonly name: string
      readonly version: string
      readonly bytes: number
      readonly integrity: string
      readonly format: Format
    }
  | { readonly kind: 'debian'; readonly name: string; readonly bytes: number; readonly format: Format }
  | DrawnSource

/** Conv Lab draws the set, and writes it in a format in which others publish theirs. */
export interface DrawnSource {
  readonly kind: 'drawn'
  /** @returns bytes in the order [image, height, width, channels], and a label for each image. */
  readonly draw: (split: Split) => { readonly images: Uint8Array; readonly labels: Uint8Array }
  readonly format: Extract<Format, { kind: 'idx' }>
}

/** Everything the lab knows of a data set. Each file in `sets/` defines one. */
export interface DatasetDefinition {
  readonly card: DatasetCard
  /**
   * Mean and standard deviation of the training pixels, with which presets standardise images. Null if unknown; then
   * the middle of the scale is used.
   */
  readonly pixelStatistics: PixelStatistics | null
  /**
   * A pattern for the names of files and folders with the set, ignoring case. The window guesses the set of dropped
   * files from it: the first set of the catalogue whose pattern matches. Null: names say nothing.
   */
  readonly fileNames: RegExp | null
  /**
   * The identity of the whole set in its own form, the same from every source. Null for sets of pictures, which are
   * verified by the sums of their files.
   */
  readonly sha256: string | null
  /**
   * In order of preference; if one fails, the next is tried. Empty for sets that come only from a person's own copy.
   */
  readonly sources: readonly DatasetSource[]
  /**
   * Files that the publisher gives only to each person. They are never fetched, but their sums identify a genuine copy.
   * None if left out.
   */
  readonly handedOut?: readonly HandedOutFile[]
  /** Further formats in which people may have the set. */
  readonly alsoRead: readonly Format[]
  /** For a set of pictures: how its files are read. Null for a set of arrays. */
  readonly pictures: PictureReader | null
}

/** The facts of a definition that an entry shows besides the card. */
export function factsOf({ pixelStatistics, fileNames, handedOut = [] }: DatasetDefinition): DatasetFacts {
  return {
    pixelStatistics,
    fileNames: fileNames?.source ?? null,
    handedOut: handedOut.map(({ name, bytes }) => ({ name, bytes })),
  }
}

/** Bytes that a source transfers. */
export function transferBytes(source: DatasetSource): number {
  if (source.kind === 'drawn') return 0
  return source.kind === 'publisher' ? source.files.reduce((sum, file) => sum + file.bytes, 0) : source.bytes
}

/** A source in a few words, for the sentence that says why it failed. */
export function sourceName(source: DatasetSource): string {
  if (source.kind === 'publisher') return source.files[0] ? new URL(source.files[0].url).host : 'publisher'
  if (source.kind === 'drawn') return 'Conv Lab itself'
  return source.kind === 'npm' ? `npm package ${source.name}@${source.version}` : `Debian package ${source.name}`
}

/** Thrown when a source fails; the next one is tried. */
export class SourceError extends Error {
  override readonly name = 'SourceError'
  /** Why, in the words of a person. */
  readonly said: Phrase

  constructor(said: Phrase, options?: ErrorOptions) {
    super(phraseText(said, 'en'), options)
    this.said = said
  }
}
