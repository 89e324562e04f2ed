import type { DatasetPart } from '../../../core/data/dataset.ts'
import { LabError } from '../../../core/words/problems.ts'
import { countedParts } from '../../../core/data/selection.ts'
import type { CollectionCard, CollectionImage } from '../../files/collection.ts'
import { CollectionWriter } from '../../files/collectionWriter.ts'
import { SourceError } from '../definition.ts'
import { openOriginals } from '../archives/openOriginals.ts'
import type { Originals } from '../archives/originalFile.ts'
import type { PictureReader, SetDescription } from '../describe/pictureReader.ts'
import type { TaskProgress } from '../worker/taskProgress.ts'

/** Where a set's original files are. */
export interface OriginalsPlace {
  readonly paths: readonly string[]
  /** Folder for archives inside archives; made when needed. */
  readonly temporary: string
}

/** Opens a set's original files and reports how many bytes have been read. */
export function readOriginals(
  { paths, temporary }: OriginalsPlace,
  onProgress: TaskProgress,
  signal: AbortSignal,
): Originals {
  return openOriginals(paths, { temporary, onRead: (done, total) => onProgress('reading', done, total) }, signal)
}

/** The result of collecting a set's pictures. */
export interface CollectedPictures extends Pick<SetDescription, 'classes' | 'edition' | 'missing'> {
  readonly collection: CollectionCard
  readonly parts: readonly DatasetPart[]
}

/** Limit for the bytes of tables in memory, after their reader has shortened them. */
const mostTableBytes = 256e6

/**
 * Collects the pictures of a set. Pictures are written to disk as they come; tables stay in memory until all images can
 * be described.
 * @param classes number of classes on the set's card; if the files state the classes, their number counts.
 * @param into folder of the collection, which does not exist yet.
 * @throws SourceError when the files are not those of the set, LabError for what a person's own images lack and for
 *   disk errors.
 */
export async function collectPictures(
  originals: Originals,
  reader: PictureReader,
  { classes, into }: { readonly classes: number; readonly into: string },
): Promise<CollectedPictures> {
  const writer = await CollectionWriter.create(into)
  try {
    const tables = new Map<string, Buffer>()
    let tableBytes = 0
    for await (const file of originals) {
      const sort = reader.sort(file.path)
      if (sort === 'picture') await writer.add(file.path, await file.read())
      else if (sort === 'table') {
        const whole = await file.read()
        const table = reader.shorten?.(file.path, whole) ?? whole
        tableBytes += table.byteLength
        if (tableBytes > mostTableBytes)
          throw new SourceError(`its tables have more than ${mostTableBytes / 1e6} MB, more than those of any set`)
        tables.set(file.path, table)
      }
    }
    const described = describe(reader, writer.paths, tables)
    tables.clear()
    const images = withTraining(described.images)
    const collection = await writer.finish(images)
    return {
      classes: described.classes,
      edition: described.edition,
      missing: described.missing,
      collection,
      parts: partsOf(images, described.classes?.length ?? classes),
    }
  } finally {
    await writer.abandon()
  }
}

function describe(
  reader: PictureReader,
  pictures: readonly string[],
  tables: ReadonlyMap<string, Buffer>,
): SetDescription {
  try {
    const described = reader.describe(pictures, tables)
    if (described.images.length === 0) throw new SourceError('it has no images of the set')
    return described
  } catch (thrown) {
    if (thrown instanceof SourceError || thrown instanceof LabError) throw thrown
    throw new SourceError(`its tables cannot be read (${thrown instanceof Error ? thrown.message : String(thrown)})`, {
      cause: thrown,
    })
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
