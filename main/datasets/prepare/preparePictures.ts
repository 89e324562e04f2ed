import { availableParallelism } from 'node:os'
import type { UnreadPicture } from '../../../core/data/brokenImage.ts'
import type { DatasetForm } from '../../../core/data/dataChoice.ts'
import { Split, type DatasetCard, type PreparedData } from '../../../core/data/dataset.ts'
import { refuse } from '../../../core/words/problems.ts'
import { CollectionReader, type CollectionImage } from '../../files/collection.ts'
import { writeFacts } from '../../files/formFacts.ts'
import type { PreparedCard, PreparedSplit } from '../../files/preparedCard.ts'
import { PreparedFormWriter } from '../../files/preparedFormWriter.ts'
import { publishedKinds, readKinds } from '../formats/pictureKind.ts'
import { mapInOrder } from './mapInOrder.ts'
import { BrokenPicture, PictureImages } from './pictureImages.ts'

/** Input for making a form from pictures. */
export interface PreparePicturesOrder {
  /** Folder of the collection. */
  readonly collection: string
  /** Folder of the form, which does not exist yet. */
  readonly into: string
  /** The set's card with the extents that the form's images have. */
  readonly card: DatasetCard
  readonly form: DatasetForm
  readonly source: PreparedData['source']
}

/** Pictures that were left out because they could not be read: how many, and the first by path with the reason. */
export interface BrokenPictures {
  readonly count: number
  readonly first: readonly UnreadPicture[]
}

const namedBroken = 20

/** Images of one picture that follow one another in a split. */
interface PictureRun {
  readonly split: Split
  readonly picture: string
  readonly images: readonly CollectionImage[]
}

/**
 * The images in the order of the form: training images first. Consecutive images of the same picture are put together.
 */
function pictureRuns(images: readonly CollectionImage[]): PictureRun[] {
  const runs: { split: Split; picture: string; images: CollectionImage[] }[] = []
  for (const split of Split.options) {
    for (const image of images) {
      if (image.split !== split) continue
      const last = runs.at(-1)
      if (last?.picture === image.picture && last.split === split) last.images.push(image)
      else runs.push({ split, picture: image.picture, images: [image] })
    }
  }
  return runs
}

/**
 * Makes a form from a set's pictures: decodes them on every core, writes the images as they come, then twins and
 * averages. An unreadable picture is left out. Takes processor time: call it in a worker.
 * @param onImages called with the number of images done, and their total.
 * @throws LabError `images-unreadable` if no picture can be read, `objects-too-small` if the form leaves out all
 *   images, `disk-full` or `write-failed`.
 */
export async function preparePictures(
  { collection, into, card, form, source }: PreparePicturesOrder,
  onImages: (done: number, total: number) => void,
): Promise<{ stored: PreparedCard; broken: BrokenPictures }> {
  const reader = await CollectionReader.open(collection)
  try {
    const grouped = reader.images.some(({ group }) => group !== null)
    const writer = await PreparedFormWriter.create(into, { card, grouped })
    try {
      const kinds = card.obtained === 'own' ? readKinds : publishedKinds
      const pictures = new PictureImages({ form, image: card.image, kinds })
      const runs = pictureRuns(reader.images)
      // One more than there are cores, so that all are busy while one result is written.
      const made = mapInOrder(runs, availableParallelism() + 1, async (run) => ({
        run,
        pixels: await imagesOf(run, reader, pictures),
      }))
      let done = 0
      let count = 0
      const first: UnreadPicture[] = []
      for await (const { run, pixels } of made) {
        if (pixels instanceof BrokenPicture) {
          count += 1
          if (first.length < namedBroken) first.push({ picture: run.picture, reason: pixels.reason })
        } else await writer.add(run.split, splitOf(run.images, pixels, grouped))
        done += run.images.length
        onImages(done, reader.images.length)
      }
      if (writer.count('train') + writer.count('test') === 0) {
        if (count > 0) refuse('images-unreadable', { dataset: card.name, ...first[0] })
        refuse('objects-too-small', { dataset: card.name })
      }
      const stored = await writer.finish({ card, form, source })
      await writeFacts(into, stored)
      return { stored, broken: { count, first } }
    } finally {
      await writer.abandon()
    }
  } finally {
    await reader.close()
  }
}

async function imagesOf(
  { picture, images }: PictureRun,
  reader: CollectionReader,
  pictures: PictureImages,
): Promise<(Buffer | null)[] | BrokenPicture> {
  try {
    return await pictures.of(
      await reader.read(picture),
      images.map(({ box }) => box),
    )
  } catch (thrown) {
    if (thrown instanceof BrokenPicture) return thrown
    throw thrown
  }
}

/** The images of a picture that the form takes, as the writer adds them. */
function splitOf(
  images: readonly CollectionImage[],
  pixels: readonly (Buffer | null)[],
  grouped: boolean,
): PreparedSplit {
  const taken = images.flatMap((image, index) => {
    const of = pixels[index]
    return of === null ? [] : [{ image, pixels: of }]
  })
  const labels = Uint16Array.from(taken, ({ image }) => image.label)
  const all = taken.length === 1 ? taken[0].pixels : Buffer.concat(taken.map((one) => one.pixels))
  return grouped
    ? { images: all, labels, groups: Uint16Array.from(taken, ({ image }) => image.group ?? 0) }
    : { images: all, labels }
}
