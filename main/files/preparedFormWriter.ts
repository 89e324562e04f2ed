import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { DatasetForm } from '../../core/data/dataChoice.ts'
import { Split, type DatasetCard, type PreparedData } from '../../core/data/dataset.ts'
import { countedParts } from '../../core/data/selection.ts'
import { writeProblem } from './atomicFile.ts'
import { syncFolder } from '../platform/syncFolder.ts'
import { HashedFile, writeSynced } from './hashedFile.ts'
import { imageBytes, PreparedCard, preparedIdentity, type PreparedSplit } from './preparedCard.ts'

/** What the card of a form contains besides the description of its arrays. */
export interface WrittenForm {
  readonly card: DatasetCard
  readonly form: DatasetForm
  readonly source: PreparedData['source']
  readonly preparedAt?: Date
}

/** The labels and groups of a split. They take two bytes each per image, so they are kept in memory. */
interface SplitNumbers {
  readonly labels: number[]
  readonly groups: number[]
}

/**
 * Bytes of uint16 numbers as stored on disk. The files are little endian, as is every platform with a TensorFlow
 * library.
 */
function bytesOfNumbers(numbers: readonly number[]): Uint8Array {
  return new Uint8Array(Uint16Array.from(numbers).buffer)
}

/**
 * Writes the arrays of a prepared form into a folder as its images arrive, with at most a megabyte of each file in
 * memory. The folder counts as a form once `finish` has written its card. The caller then moves the folder into place,
 * or removes it.
 */
export class PreparedFormWriter {
  readonly #folder: string
  readonly #images: Readonly<Record<Split, HashedFile>>
  readonly #numbers: Readonly<Record<Split, SplitNumbers>> = {
    train: { labels: [], groups: [] },
    test: { labels: [], groups: [] },
  }
  readonly #image: number
  readonly #grouped: boolean

  private constructor(folder: string, images: Readonly<Record<Split, HashedFile>>, image: number, grouped: boolean) {
    this.#folder = folder
    this.#images = images
    this.#image = image
    this.#grouped = grouped
  }

  /**
   * @param folder Created by this call.
   * @param grouped Whether the set has groups.
   * @throws LabError `disk-full` or `write-failed`, as all other methods do.
   */
  static async create(
    folder: string,
    { card, grouped }: { readonly card: Pick<DatasetCard, 'image'>; readonly grouped: boolean },
  ): Promise<PreparedFormWriter> {
    try {
      await mkdir(folder, { recursive: true })
      const [train, test] = await Promise.all(
        Split.options.map((split) => HashedFile.create(path.join(folder, `${split}.images`))),
      )
      return new PreparedFormWriter(folder, { train, test }, imageBytes(card), grouped)
    } catch (thrown) {
      throw writeProblem(thrown, folder)
    }
  }

  /** Number of images added so far. */
  count(split: Split): number {
    return this.#numbers[split].labels.length
  }

  /**
   * Adds images at the end of a split.
   * @throws RangeError when the number of labels, or of groups in a set with groups, differs from that of the images.
   */
  async add(split: Split, { images, labels, groups }: PreparedSplit): Promise<void> {
    if (
      images.byteLength !== labels.length * this.#image ||
      (groups?.length ?? 0) !== (this.#grouped ? labels.length : 0)
    ) {
      throw new RangeError(
        `${images.byteLength} bytes of images of ${this.#image} bytes, ${labels.length} labels and ${groups?.length ?? 0} groups do not belong together`,
      )
    }
    await this.#images[split].write(images).catch((thrown: unknown) => {
      throw writeProblem(thrown, this.#folder)
    })
    const numbers = this.#numbers[split]
    for (const label of labels) numbers.labels.push(label)
    for (const group of groups ?? []) numbers.groups.push(group)
  }

  /**
   * Writes labels, groups and the card, and syncs everything.
   * @returns the content of `card.json`.
   * @throws RangeError when a label has no class, or there are no training images.
   */
  async finish({ card, form, source, preparedAt }: WrittenForm): Promise<PreparedCard> {
    const { train, test } = this.#numbers
    if ([...train.labels, ...test.labels].some((label) => label >= card.classes.length))
      throw new RangeError(`${card.id} has a label without a class`)
    try {
      const files = PreparedCard.shape.files.parse(Object.fromEntries(await this.#finishArrays()))
      const prepared: PreparedData = {
        sha256: preparedIdentity(files),
        bytes: (this.count('train') + this.count('test')) * (this.#image + (this.#grouped ? 4 : 2)),
        source,
        preparedAt: (preparedAt ?? new Date()).toISOString(),
      }
      const numbersOf = ({ labels, groups }: SplitNumbers) => ({
        labels: Uint16Array.from(labels),
        groups: this.#grouped ? Uint16Array.from(groups) : null,
      })
      const parts = countedParts({ train: numbersOf(train), test: numbersOf(test) }, card.classes.length)
      const sizes = { train: this.count('train'), test: this.count('test') }
      const written = PreparedCard.parse({ format: 2, card: { ...card, sizes }, form, prepared, parts, files })
      await writeSynced(path.join(this.#folder, 'card.json'), Buffer.from(`${JSON.stringify(written, null, 2)}\n`))
      await syncFolder(this.#folder)
      return written
    } catch (thrown) {
      if (thrown instanceof RangeError) throw thrown
      throw writeProblem(thrown, this.#folder)
    }
  }

  /** Closes the files in whatever state they are. */
  async abandon(): Promise<void> {
    await Promise.all(Split.options.map((split) => this.#images[split].abandon().catch(() => undefined))) // They may be closed already, by a `finish` that failed later.
  }

  async #finishArrays(): Promise<[file: string, sha256: string][]> {
    const hashes: [string, string][] = []
    for (const split of Split.options) {
      hashes.push([`${split}.images`, await this.#images[split].finish()])
      const { labels, groups } = this.#numbers[split]
      for (const [kind, numbers] of [
        ['labels', labels],
        ...(this.#grouped ? [['groups', groups] as const] : []),
      ] as const) {
        const file = await HashedFile.create(path.join(this.#folder, `${split}.${kind}`))
        await file.write(bytesOfNumbers(numbers))
        hashes.push([`${split}.${kind}`, await file.finish()])
      }
    }
    return hashes
  }
}
