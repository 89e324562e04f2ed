import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { writeProblem } from './atomicFile.ts'
import { syncFolder } from '../platform/syncFolder.ts'
import type { CollectionCard, CollectionImage, CollectionRows } from './collection.ts'
import { HashedFile, writeSynced } from './hashedFile.ts'

/**
 * Writes a collection into a folder as its pictures arrive. The folder counts as a collection once `finish` has written
 * its card. The caller then moves the folder into place, or removes it.
 */
export class CollectionWriter {
  readonly #folder: string
  readonly #pictures: HashedFile
  readonly #places: CollectionRows['pictures'] = []
  readonly #numbers = new Map<string, number>()

  private constructor(folder: string, pictures: HashedFile) {
    this.#folder = folder
    this.#pictures = pictures
  }

  /**
   * @param folder Created by this call.
   * @throws LabError `disk-full` or `write-failed`, as all other methods do.
   */
  static async create(folder: string): Promise<CollectionWriter> {
    try {
      await mkdir(folder, { recursive: true })
      return new CollectionWriter(folder, await HashedFile.create(path.join(folder, 'pictures')))
    } catch (thrown) {
      throw writeProblem(thrown, folder)
    }
  }

  /** Paths of the pictures added so far. */
  get paths(): string[] {
    return [...this.#numbers.keys()]
  }

  /** Adds a picture. If two have the same path, the first counts. */
  async add(picture: string, bytes: Uint8Array): Promise<void> {
    if (this.#numbers.has(picture)) return
    this.#numbers.set(picture, this.#places.length)
    this.#places.push([picture, this.#pictures.bytes, bytes.byteLength])
    await this.#pictures.write(bytes).catch((thrown: unknown) => {
      throw writeProblem(thrown, this.#folder)
    })
  }

  /**
   * Writes the rows and the card, and syncs everything.
   * @throws RangeError when an image refers to a picture that was not added.
   */
  async finish(images: readonly CollectionImage[]): Promise<CollectionCard> {
    const rows: CollectionRows = {
      pictures: this.#places,
      images: images.map(({ picture, label, split, group, box }) => {
        const number = this.#numbers.get(picture)
        if (number === undefined) throw new RangeError(`the picture ${picture} has not come`)
        return [number, label, split, group, box]
      }),
    }
    try {
      const text = Buffer.from(JSON.stringify(rows))
      const bytes = this.#pictures.bytes
      const sha256 = await this.#pictures.finish()
      const card: CollectionCard = {
        format: 1,
        pictures: { count: this.#places.length, bytes, sha256 },
        rows: {
          images: images.length,
          bytes: text.byteLength,
          sha256: createHash('sha256').update(text).digest('hex'),
        },
      }
      await writeSynced(path.join(this.#folder, 'rows.json'), text)
      await writeSynced(path.join(this.#folder, 'collection.json'), Buffer.from(`${JSON.stringify(card, null, 2)}\n`))
      await syncFolder(this.#folder)
      return card
    } catch (thrown) {
      throw writeProblem(thrown, this.#folder)
    }
  }

  /** Closes the files in whatever state they are. */
  async abandon(): Promise<void> {
    await this.#pictures.abandon().catch(() => undefined) // It may be closed already, by a `finish` that failed later.
  }
}
