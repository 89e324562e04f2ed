import { open, type FileHandle } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import type { DatasetForm } from '../../../core/data/dataChoice.ts'
import { Split, type DatasetCard } from '../../../core/data/dataset.ts'
import { writeFacts } from '../../files/formFacts.ts'
import { imageBytes, type PreparedCard, type PreparedSplit } from '../../files/preparedCard.ts'
import { PreparedFormWriter } from '../../files/preparedFormWriter.ts'
import { readPreparedNumbers } from '../../files/preparedForm.ts'
import { mapInOrder } from './mapInOrder.ts'
import { pixelsOf, resized } from './pictureImages.ts'

/** Input for making another form of a set of arrays from its own form. */
export interface ResizeFormOrder {
  /** Folder of the set's own form, and what its card says. */
  readonly own: string
  readonly stored: PreparedCard
  /** Folder of the new form, which does not exist yet. */
  readonly into: string
  readonly form: DatasetForm
  /** Extents that the form's images have. */
  readonly image: DatasetCard['image']
}

/** Images resized at a time; enough that reading and waiting cost little beside resizing. */
const imagesAtOnce = 64

interface Piece {
  readonly split: Split
  readonly first: number
  readonly count: number
}

/**
 * Makes another form of a set of arrays by resizing the images of its own form. Takes processor time: call it in a
 * worker.
 * @param onImages called with the number of images done, and their total.
 * @throws LabError `disk-full` or `write-failed`; file errors when the own form cannot be read.
 */
export async function resizeForm(
  { own, stored, into, form, image }: ResizeFormOrder,
  onImages: (done: number, total: number) => void,
): Promise<PreparedCard> {
  const card: DatasetCard = { ...stored.card, image }
  const numbers = {
    train: await readPreparedNumbers(own, stored, 'train'),
    test: await readPreparedNumbers(own, stored, 'test'),
  }
  const files: Readonly<Record<Split, FileHandle>> = {
    train: await open(path.join(own, 'train.images')),
    test: await open(path.join(own, 'test.images')),
  }
  const writer = await PreparedFormWriter.create(into, { card, grouped: numbers.train.groups !== undefined })
  const total = stored.card.sizes.train + stored.card.sizes.test
  const piecesOf = (split: Split): Piece[] =>
    Array.from({ length: Math.ceil(stored.card.sizes[split] / imagesAtOnce) }, (_, piece) => ({
      split,
      first: piece * imagesAtOnce,
      count: Math.min(imagesAtOnce, stored.card.sizes[split] - piece * imagesAtOnce),
    }))
  const resize = async ({ split, first, count }: Piece): Promise<{ split: Split; added: PreparedSplit }> => {
    const bytes = imageBytes(stored.card)
    const { buffer } = await files[split].read(Buffer.allocUnsafe(count * bytes), 0, count * bytes, first * bytes)
    const { height, width, channels } = stored.card.image
    const images = await Promise.all(
      Array.from({ length: count }, async (_, index) => {
        const raw = sharp(buffer.subarray(index * bytes, (index + 1) * bytes), { raw: { width, height, channels } })
        return (await pixelsOf(resized(raw, { form, image }), image)).data
      }),
    )
    const { labels, groups } = numbers[split]
    const of = (all: Uint16Array): Uint16Array => all.subarray(first, first + count)
    return {
      split,
      added: {
        images: Buffer.concat(images),
        labels: of(labels),
        ...(groups === undefined ? {} : { groups: of(groups) }),
      },
    }
  }
  try {
    let done = 0
    for await (const { split, added } of mapInOrder(
      Split.options.flatMap(piecesOf),
      Math.max(2, availableParallelism()),
      resize,
    )) {
      await writer.add(split, added)
      done += added.labels.length
      onImages(done, total)
    }
    const made = await writer.finish({ card, form, source: stored.prepared.source })
    await writeFacts(into, made)
    return made
  } finally {
    await writer.abandon()
    await Promise.all([files.train.close(), files.test.close()])
  }
}
