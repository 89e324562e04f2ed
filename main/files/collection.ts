import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { open, readFile, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { Sha256, Split } from '../../core/data/dataset.ts'

// The pictures of a set in their original encoding, kept so that any form can be made from them later:
//   pictures          their bytes, one after another
//   rows.json         the position of each picture, and the description of each image
//   collection.json   sizes and sums; written last

const count = z.int().min(0)

/** The content of `collection.json`. */
export const CollectionCard = z.strictObject({
  format: z.literal(1),
  pictures: z.strictObject({ count, bytes: count, sha256: Sha256 }),
  rows: z.strictObject({ images: count, bytes: count, sha256: Sha256 }),
})
export type CollectionCard = z.infer<typeof CollectionCard>

const Box = z.strictObject({ top: z.number(), left: z.number(), bottom: z.number(), right: z.number() })

/** An image of a collection: a picture, or an object within one. */
export interface CollectionImage {
  /** Path of the picture. */
  readonly picture: string
  readonly label: number
  readonly split: Split
  readonly group: number | null
  readonly box: z.infer<typeof Box> | null
}

/**
 * The content of `rows.json`. A picture is its path, first byte and length. An image is its picture's number, label,
 * split, group and box.
 */
const CollectionRows = z.strictObject({
  pictures: z.array(z.tuple([z.string(), count, count])),
  images: z.array(z.tuple([count, count, Split, count.nullable(), Box.nullable()])),
})
export type CollectionRows = z.infer<typeof CollectionRows>

/**
 * The cheap check of a collection: its card is valid, and its files have the right lengths.
 * @returns null when it is missing or damaged.
 */
export function checkCollection(folder: string): CollectionCard | null {
  try {
    const card = CollectionCard.parse(JSON.parse(readFileSync(path.join(folder, 'collection.json'), 'utf8')))
    const sizeOf = (file: string): number => statSync(path.join(folder, file)).size
    return sizeOf('pictures') === card.pictures.bytes && sizeOf('rows.json') === card.rows.bytes ? card : null
  } catch {
    // Missing or unusable: either way the set is fetched or imported again.
    return null
  }
}

/** An open collection. The caller must close it. */
export class CollectionReader {
  readonly #pictures: FileHandle
  readonly #places: ReadonlyMap<string, CollectionRows['pictures'][number]>
  /** In index order. */
  readonly images: readonly CollectionImage[]

  private constructor(pictures: FileHandle, { pictures: places, images }: CollectionRows) {
    this.#pictures = pictures
    this.#places = new Map(places.map((place) => [place[0], place]))
    this.images = images.map(([picture, label, split, group, box]) => ({
      picture: places[picture][0],
      label,
      split,
      group,
      box,
    }))
  }

  /** @throws Error when the rows cannot be read or were altered. */
  static async open(folder: string): Promise<CollectionReader> {
    const bytes = await readFile(path.join(folder, 'rows.json'))
    const card = checkCollection(folder)
    if (card === null || createHash('sha256').update(bytes).digest('hex') !== card.rows.sha256)
      throw new Error('its table of pictures has been altered')
    const rows = CollectionRows.parse(JSON.parse(bytes.toString('utf8')))
    return new CollectionReader(await open(path.join(folder, 'pictures')), rows)
  }

  /** The original bytes of a picture. @throws the system's error. */
  async read(picture: string): Promise<Buffer> {
    const place = this.#places.get(picture)
    if (place === undefined) throw new RangeError(`the collection has no picture ${picture}`)
    const [, first, length] = place
    const bytes = Buffer.allocUnsafe(length)
    let done = 0
    while (done < length) {
      const { bytesRead } = await this.#pictures.read(bytes, done, length - done, first + done)
      if (bytesRead === 0) throw new Error('the file of pictures is shorter than it was')
      done += bytesRead
    }
    return bytes
  }

  async close(): Promise<void> {
    await this.#pictures.close()
  }
}
