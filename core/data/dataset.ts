import { z } from 'zod'
import { BrokenImage } from './brokenImage.ts'
import { DatasetForm, formKey } from './dataChoice.ts'
import { LeftOut } from './leftOut.ts'
import { PixelStatistics } from './pixels.ts'
import { ReadingPlan } from '../reading/readingPlan.ts'
import { Phrase } from '../words/phrases.ts'
import { Problem } from '../words/problems.ts'

export const DatasetId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/)
export type DatasetId = z.infer<typeof DatasetId>

/**
 * The id under which a person's own images are imported. It is no set itself: each set made of them has an id of its
 * own, `own-...`.
 */
export const ownTemplate = 'own'

export const Split = z.enum(['train', 'test'])
export type Split = z.infer<typeof Split>

export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** A coarser labelling of a set: its classes grouped under fewer names. */
export const Grouping = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  classes: z.array(z.string()).min(2),
  classesRu: z.array(z.string()).min(2),
  /** For each class of the set, the index of its group. */
  of: z.array(z.int().min(0)),
})
export type Grouping = z.infer<typeof Grouping>

/**
 * How a set's images are usually divided into training and test images. `official`: by its publisher. `drawn`: at
 * random by a seed, with this many of each class; null: all that are left. `groups`: by group (a recording session, a
 * fold), of which those in `test` are the test images. If none of them is present, the last groups are.
 */
export const SplitOffer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('official') }),
  z.strictObject({ kind: z.literal('drawn'), train: z.int().min(1).nullable(), test: z.int().min(1).nullable() }),
  z.strictObject({
    kind: z.literal('groups'),
    unit: z.enum(['session', 'fold']),
    test: z.array(z.int().min(0)).min(1),
  }),
])
export type SplitOffer = z.infer<typeof SplitOffer>

/** What is known of a data set before it is downloaded. */
export const DatasetCard = z.strictObject({
  id: DatasetId,
  /** Proper name, the same in every language. */
  name: z.string(),
  /** Extents of the images in the usual form. */
  image: z.strictObject({
    height: z.int().positive(),
    width: z.int().positive(),
    channels: z.union([z.literal(1), z.literal(3)]),
  }),
  /** The set's own English class names; index = label. Used in configurations, files and on the command line. */
  classes: z.array(z.string()).min(2),
  /** The same classes for Russian readers; display only. */
  classesRu: z.array(z.string()).min(2),
  /**
   * Training and test images of the usual choice (`usualChoice`). In a prepared form's card: images in its files, which
   * may all be under `train`.
   */
  sizes: z.strictObject({ train: z.int().positive(), test: z.int().min(0) }),
  /** Whether mirroring an image left to right keeps its class. */
  mirrors: z.boolean(),
  /** Bytes to download from the preferred source. */
  downloadBytes: z.int().min(0),
  authors: z.string(),
  page: z.string(),
  licence: z.string(),
  // The fields below were added later. Older cards are read as those of sets like CIFAR-10.
  /** Whether all images have the same size, so that they can be used unresized. */
  ownSize: z.boolean().default(true),
  /** Which parts of a picture can become images. */
  cuts: z
    .array(z.enum(['whole', 'object']))
    .min(1)
    .default(['whole']),
  groupings: z.array(Grouping).default([]),
  split: SplitOffer.default({ kind: 'official' }),
  /**
   * Index of a class for things that belong to no other class. A run uses it only when asked to. Null: there is none.
   */
  background: z.int().min(0).nullable().default(null),
  /**
   * Names of the archives in which the publisher offers the set (mostly by image size), the usual one first. Empty:
   * there is only one.
   */
  editions: z.array(z.string()).default([]),
  /** Whether the class names are words or the LaTeX of symbols (`symbolText` converts it to text). */
  notation: z.enum(['words', 'latex']).default('words'),
  /** Whether the publisher states sums of the files, by which they can be verified. */
  sums: z.boolean().default(true),
  /**
   * `download`: from its publisher. `copy`: only from a copy that a person has obtained under the licence. `own`: a
   * person's own images. `drawn`: Conv Lab draws it.
   */
  obtained: z.enum(['download', 'copy', 'own', 'drawn']).default('download'),
  /** `licence` for Russian readers, where it is a sentence and no name; display only. */
  licenceRu: z.string().default(''),
})
export type DatasetCard = z.infer<typeof DatasetCard>

/**
 * The card fields of a set like CIFAR-10: images of one size, an official split, and one archive from its publisher.
 */
export const plainSet: Pick<
  DatasetCard,
  | 'ownSize'
  | 'cuts'
  | 'groupings'
  | 'split'
  | 'background'
  | 'editions'
  | 'notation'
  | 'sums'
  | 'obtained'
  | 'licenceRu'
> = {
  ownSize: true,
  cuts: ['whole'],
  groupings: [],
  split: { kind: 'official' },
  background: null,
  editions: [],
  notation: 'words',
  sums: true,
  obtained: 'download',
  licenceRu: '',
}

/** A prepared form on disk, as `card.json` beside the arrays states it. */
export const PreparedData = z.strictObject({
  /** sha256 over the sha256 of the four arrays; the identity of the data in a RunConfig. */
  sha256: Sha256,
  /** Bytes on disk. */
  bytes: z.int().positive(),
  /** Where the data came from. `package`: an npm or Debian package with the same images. `drawn`: Conv Lab drew it. */
  source: z.enum(['publisher', 'package', 'mirror', 'import', 'drawn']),
  preparedAt: z.iso.datetime(),
})
export type PreparedData = z.infer<typeof PreparedData>

const count = z.int().min(0)

/**
 * Number of images of each class in one part of a set: a split, and within it a group if the set has groups. A set
 * without an official split has all its images under `train`.
 */
export const DatasetPart = z.strictObject({ split: Split, group: count.nullable(), counts: z.array(count) })
export type DatasetPart = z.infer<typeof DatasetPart>

/** A prepared form of a set. */
export const PreparedFormEntry = z.strictObject({
  form: DatasetForm,
  prepared: PreparedData,
  image: DatasetCard.shape.image,
  parts: z.array(DatasetPart).min(1),
  /**
   * How many images have a twin in the set, an image with exactly the same pixels. Null: not counted yet (forms of an
   * older lab, until someone asks).
   */
  twins: count.nullable(),
})
export type PreparedFormEntry = z.infer<typeof PreparedFormEntry>

/** What is stored of a set on this computer. */
export const DatasetContents = z.strictObject({
  /** As far as is known before a form is prepared. */
  parts: z.array(DatasetPart).min(1),
  /** Whether the files have the publisher's sums, or yielded the published images. */
  published: z.boolean(),
  /** Which of the card's editions it is; null where there is one. */
  edition: z.string().nullable(),
  /** Unreadable images, which are left out: how many, and the first ones with the reason. */
  broken: z.strictObject({ count, first: z.array(BrokenImage).max(20) }),
  /**
   * What this copy lacks: names of folders, files or classes, with `have/whole` if part of it is present. Empty:
   * nothing. They read the same in every language.
   */
  missing: z.array(z.string()).max(20),
  /** Files, folders and links that were not taken, by reason. Files that belong to no set are not counted. */
  leftOut: z.array(LeftOut),
  /** How a person's own images were read; null for other sets, and for those of an older lab. */
  plan: ReadingPlan.nullable(),
  /** Bytes on disk, all forms included. */
  bytes: count,
})
export type DatasetContents = z.infer<typeof DatasetContents>

/** Progress of a job on a data set. Rates are bytes per second. */
export const DatasetProgress = z.strictObject({
  stage: z.enum(['connecting', 'downloading', 'reading', 'preparing', 'packing']),
  doneBytes: z.int().min(0),
  totalBytes: z.int().min(0).nullable(),
  bytesPerSecond: z.number().min(0).nullable(),
  /** Only while images are prepared; then the bytes are those of the images. */
  imagesPerSecond: z.number().min(0).nullable().optional(),
  secondsLeft: z.number().min(0).nullable(),
  /**
   * A source has failed for this reason and will be asked again after so many seconds. `attempt` is the number of the
   * coming try, 2 being the second.
   */
  pause: z.strictObject({ attempt: z.int().min(2), seconds: z.number().min(0), reason: Phrase }).optional(),
})
export type DatasetProgress = z.infer<typeof DatasetProgress>

/** What the lab's definition of a set says besides its card. It is never stored with the set. */
export const DatasetFacts = z.strictObject({
  /** Null: not known. */
  pixelStatistics: PixelStatistics.nullable(),
  /**
   * Regular expression, case ignored, that a file or folder with the set's original material matches by its name. Null:
   * names say nothing.
   */
  fileNames: z.string().nullable(),
  /** Files that the publisher gives only to people who have accepted the licence; empty: none. */
  handedOut: z.array(z.strictObject({ name: z.string(), bytes: count })),
})
export type DatasetFacts = z.infer<typeof DatasetFacts>

/** The facts of a set of which nothing is known besides its card. */
export const noFacts: DatasetFacts = { pixelStatistics: null, fileNames: null, handedOut: [] }

/** A data set as the window's dropdown and `lab datasets` show it. */
export const DatasetEntry = z.strictObject({
  ...DatasetCard.shape,
  ...DatasetFacts.shape,
  /**
   * `ready`: the usual form is prepared. Another form may be in preparation all the same; then `progress` is set.
   */
  state: z.enum(['absent', 'getting', 'ready']),
  /** The usual form's. */
  prepared: PreparedData.nullable(),
  /** Every form that is prepared, the usual one first. */
  forms: z.array(PreparedFormEntry),
  contents: DatasetContents.nullable(),
  progress: DatasetProgress.nullable(),
  /** Why the last attempt to get it failed; null after a success or a new attempt. */
  problem: Problem.nullable(),
})
export type DatasetEntry = z.infer<typeof DatasetEntry>

/**
 * Whether an entry only tells why a person's own images could not be imported. There is no such set, and no list of
 * sets shows it.
 */
export function isFailedImport({
  id,
  obtained,
  state,
  contents,
  problem,
}: Pick<DatasetEntry, 'id' | 'obtained' | 'state' | 'contents' | 'problem'>): boolean {
  const nothingThere = obtained === 'own' && id !== ownTemplate && state === 'absent' && contents === null
  return nothingThere && problem !== null && problem.code !== 'dataset-damaged'
}

/** One image of a set, with the address at which the lab serves it as PNG. */
export const DatasetSample = z.strictObject({
  split: Split,
  index: z.int().min(0),
  label: z.int().min(0),
  url: z.string(),
})
export type DatasetSample = z.infer<typeof DatasetSample>

/**
 * An image in the list of a choice. Its address is `/images/<id>/<form's key>/<index>.png?v=<first 12 hex digits of the
 * form's sha256>` (`imageAddress`).
 */
export const ListedImage = z.strictObject({
  /** Index into the form's images: the training images first, then the test images. */
  index: count,
  /** Its label as the network learns it: an index into the choice's classes. */
  label: count,
})
export type ListedImage = z.infer<typeof ListedImage>

export const ImagePage = z.strictObject({ total: count, images: z.array(ListedImage) })
export type ImagePage = z.infer<typeof ImagePage>

/**
 * Equal images on both sides of a split: how many test images have a twin among the training images, and the first
 * pairs.
 */
export const TwinsPage = z.strictObject({
  total: count,
  pairs: z.array(z.strictObject({ train: ListedImage, test: ListedImage })),
})
export type TwinsPage = z.infer<typeof TwinsPage>

/** The address of an image of a prepared form. */
export function imageAddress(
  dataset: DatasetId,
  { form, prepared }: Pick<PreparedFormEntry, 'form' | 'prepared'>,
  index: number,
): string {
  return `/images/${dataset}/${formKey(form)}/${index}.png?v=${prepared.sha256.slice(0, 12)}`
}

/** The address of the mean of all images of one class of the set (not of a grouping) in a prepared form. */
export function averageAddress(
  dataset: DatasetId,
  { form, prepared }: Pick<PreparedFormEntry, 'form' | 'prepared'>,
  label: number,
): string {
  return `/images/${dataset}/${formKey(form)}/average-${label}.png?v=${prepared.sha256.slice(0, 12)}`
}
