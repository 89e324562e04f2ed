import { phrase, type Phrase, quoted } from '../../../core/words/phrases.ts'
import type { DatasetPart } from '../../../core/data/dataset.ts'
import type { LeftOut } from '../../../core/data/leftOut.ts'
import type { ReadingWishes } from '../../../core/reading/readingWishes.ts'
import { LabError } from '../../../core/words/problems.ts'
import { countedParts } from '../../../core/data/selection.ts'
import type { CollectionCard, CollectionImage } from '../../files/collection.ts'
import { CollectionWriter } from '../../files/collectionWriter.ts'
import { SourceError } from '../definition.ts'
import { openOriginals } from '../archives/openOriginals.ts'
import type { LeftOutCount, OnLeftOut } from '../archives/leftOutCount.ts'
import type { OriginalFile, Originals } from '../archives/originalFile.ts'
import { UnreadableFile } from '../archives/unreadable.ts'
import { mostTableBytes } from '../describe/foundTable.ts'
import { refusedForWant } from '../describe/refusedForWant.ts'
import type { OwnFiles, PictureReader, SetDescription } from '../describe/pictureReader.ts'
import type { TaskProgress } from '../worker/taskProgress.ts'
import { sortFile } from './sortFile.ts'

/** Where a set's original files are. */
export interface OriginalsPlace {
  readonly paths: readonly string[]
  /** Folder for archives inside archives; made when needed. */
  readonly temporary: string
}

/** Opens a set's original files. Reports how many bytes have been read, and what in folders is left out. */
export function readOriginals(
  { paths, temporary }: OriginalsPlace,
  onProgress: TaskProgress,
  onLeftOut: OnLeftOut,
  signal: AbortSignal,
): Originals {
  const onRead = (done: number, total: number): void => onProgress('reading', done, total)
  return openOriginals(paths, { temporary, onRead, onLeftOut }, signal)
}

/** The result of collecting a set's pictures. */
export interface CollectedPictures extends Pick<SetDescription, 'classes' | 'edition' | 'missing' | 'plan' | 'split'> {
  readonly leftOut: readonly LeftOut[]
  readonly collection: CollectionCard
  readonly parts: readonly DatasetPart[]
}

/**
 * Collects the pictures of a set. Pictures are written to disk as they come; tables stay in memory until all images can
 * be described.
 * @param classes number of classes on the set's card; if the files state the classes, their number counts.
 * @param into folder of the collection, which does not exist yet.
 * @param leftOut counts what is left out.
 * @param wishes how a person's own images are to be read.
 * @throws SourceError when the files are not those of the set, LabError for what a person's own images lack and for
 *   disk errors.
 */
export async function collectPictures(
  originals: Originals,
  reader: PictureReader,
  {
    classes,
    into,
    leftOut,
    wishes = {},
  }: {
    readonly classes: number
    readonly into: string
    readonly leftOut: LeftOutCount
    readonly wishes?: ReadingWishes
  },
): Promise<CollectedPictures> {
  const writer = await CollectionWriter.create(into)
  try {
    const tables = new Map<string, Buffer>()
    const unread = new Map<string, Phrase>()
    let tableBytes = 0
    for await (const file of originals) {
      const read = await readFile(file, reader, leftOut, unread)
      if (read?.sort === 'picture') await writer.add(file.path, read.bytes)
      else if (read?.sort === 'table') {
        const table = reader.shorten?.(file.path, read.bytes) ?? read.bytes
        tableBytes += table.byteLength
        if (tableBytes > mostTableBytes)
          throw new SourceError(phrase('tables-too-large', { megabytes: mostTableBytes / 1e6 }))
        tables.set(file.path, table)
      }
    }
    const own = { wishes, leftOut: leftOut.list, unread }
    const described = describe(reader, writer.paths, tables, own)
    tables.clear()
    const images = withTraining(described.images)
    const collection = await writer.finish(images)
    return {
      classes: described.classes,
      edition: described.edition,
      missing: described.missing,
      plan: described.plan,
      split: described.split,
      leftOut: described.plan?.leftOut ?? leftOut.list,
      collection,
      parts: partsOf(images, described.classes?.length ?? classes),
    }
  } finally {
    await writer.abandon()
  }
}

interface ReadFile {
  readonly sort: 'picture' | 'table'
  readonly bytes: Buffer
}

/**
 * A picture or table of the set.
 * @returns null for a file to skip, and for one that cannot be read: a picture is left out, a table noted as `unread`.
 * @throws UnreadableFile for a table of a published set: without it the labels of the pictures would be others.
 */
async function readFile(
  file: OriginalFile,
  reader: PictureReader,
  leftOut: LeftOutCount,
  unread: Map<string, Phrase>,
): Promise<ReadFile | null> {
  try {
    const sort = await sortFile(file, reader, leftOut.add)
    return sort === 'skip' ? null : { sort, bytes: await file.read() }
  } catch (thrown) {
    if (!(thrown instanceof UnreadableFile)) throw thrown
    if (reader.sort(file.path) !== 'table') leftOut.add(thrown.why, file.path)
    else if (reader.byContent === true) unread.set(file.path, thrown.why)
    else throw thrown
    return null
  }
}

function describe(
  reader: PictureReader,
  pictures: readonly string[],
  tables: ReadonlyMap<string, Buffer>,
  own: OwnFiles,
): SetDescription {
  try {
    const described = reader.describe(pictures, tables, own)
    if (described.images.length === 0) throw new SourceError(phrase('no-images-of-set', {}))
    return described
  } catch (thrown) {
    if (thrown instanceof SourceError || thrown instanceof LabError) throw refusedForWant(thrown, own.leftOut)
    throw new SourceError(
      phrase('tables-unread', {
        detail: quoted(thrown instanceof Error ? thrown.message : String(thrown)),
      }),
      {
        cause: thrown,
      },
    )
  }
}

/** If only test images are present, they become training images, and a run divides them by a draw. */
function withTraining(images: readonly CollectionImage[]): readonly CollectionImage[] {
  return images.some(({ split }) => split === 'train') ? images : images.map((image) => ({ ...image, split: 'train' }))
}

function partsOf(images: readonly CollectionImage[], classes: number): DatasetPart[] {
  const grouped = images.some(({ group }) => group !== null)
  const of = (split: CollectionImage['split']) => {
    const those = images.filter((image) => image.split === split)
    return {
      labels: Uint16Array.from(those, ({ label }) => label),
      groups: grouped ? Uint16Array.from(those, ({ group }) => group ?? 0) : null,
    }
  }
  return countedParts({ train: of('train'), test: of('test') }, classes)
}
