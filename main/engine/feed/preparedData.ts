import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { setImmediate as eventLoopTurn } from 'node:timers/promises'
import { canonicalJson } from '../../../core/numbers/canonicalJson.ts'
import type { DataChoice } from '../../../core/data/dataChoice.ts'
import type { DatasetCard, Split } from '../../../core/data/dataset.ts'
import { choiceOf } from '../../../core/data/datasetView.ts'
import { checkInput, classesOf } from '../../../core/network/geometry.ts'
import { heldInMemory } from '../../../core/network/memoryEstimate.ts'
import { phrase, type Phrase } from '../../../core/words/phrases.ts'
import { LabError, refuse } from '../../../core/words/problems.ts'
import type { RunConfig } from '../../../core/run/run.ts'
import { selectImages, type FormLabels, type PartLabels, type Selection } from '../../../core/data/selection.ts'
import { heldOutImages } from '../../../core/run/validation.ts'
import { imageBytes, type PreparedCard } from '../../files/preparedCard.ts'
import { checkPreparedSizes, unreadPhrase, verifyPreparedForm } from '../../files/preparedForm.ts'
import { imagesInMemory, type ImageSource } from './imageSource.ts'
import { imagesOnDisk, type ImagesOnDiskOptions } from './imagesOnDisk.ts'

/** The part of a prepared form that a run uses. Images are numbered: training images first, then test images. */
export interface RunData {
  readonly image: DatasetCard['image']
  /** Number of labels. */
  readonly classes: number
  readonly trainImages: number
  readonly testImages: number
  /** The label that the network learns for each image. */
  readonly labels: Uint16Array
  readonly images: ImageSource
}

/** Checks that there are enough images for a batch. @throws LabError `batch-too-large`. */
export function checkBatch(
  { batch, data }: Pick<RunConfig, 'batch' | 'data'>,
  { trainImages }: Pick<RunData, 'trainImages'>,
): void {
  const trained = trainImages - heldOutImages(trainImages, data.validationShare)
  if (batch > trained) refuse('batch-too-large', { batch, images: trained })
}

/**
 * Checks that a configuration and the data it uses fit together.
 * @throws LabError `batch-too-large`, `setting-unfit` or `model-invalid`.
 */
export function checkFit(
  config: RunConfig,
  { image, classes, trainImages, testImages }: Omit<RunData, 'labels' | 'images'>,
): void {
  checkBatch(config, { trainImages })
  if (testImages === 0)
    refuse('setting-unfit', { setting: phrase('setting-split', {}), detail: phrase('nothing-to-test', {}) })
  checkInput(config.model, image)
  const logits = classesOf(config.model)
  if (logits !== classes)
    refuse('model-invalid', {
      layer: config.model.layers[config.model.layers.length - 1].name,
      detail: phrase('logits-of-data', { logits, classes }),
    })
}

/** A prepared form on disk. */
interface Form {
  readonly folder: string
  readonly stored: PreparedCard
  /**
   * Whether its arrays are read in full and their hashes checked. The arrays of a large form are checked only if they
   * look altered.
   */
  readonly hashed: boolean
  /** Largest number of bytes of images to hold in memory. */
  readonly limit: number
  /** Opens the images of a larger form. */
  readonly openLarge: (options: ImagesOnDiskOptions) => Promise<ImageSource>
}

function damaged({ stored: { card } }: Form, detail: Phrase, cause?: unknown): never {
  return refuse('dataset-damaged', { dataset: card.name, id: card.id, detail }, { cause })
}

/** Reads one of the uint16 arrays. */
async function numbersIn(form: Form, file: keyof PreparedCard['files']): Promise<Uint16Array> {
  const bytes = await readFile(path.join(form.folder, file)).catch((thrown: unknown) =>
    damaged(form, unreadPhrase(file, thrown), thrown),
  )
  if (form.hashed && createHash('sha256').update(bytes).digest('hex') !== form.stored.files[file])
    damaged(form, phrase('file-altered', { file }))
  // Copied, because a Uint16Array needs an even offset and a small file may come out of a shared pool.
  return new Uint16Array(Uint8Array.from(bytes).buffer)
}

async function labelsOf(form: Form): Promise<FormLabels> {
  const grouped = form.stored.files['train.groups'] !== undefined
  const of = async (split: Split): Promise<PartLabels> => ({
    labels: await numbersIn(form, `${split}.labels`),
    groups: grouped ? await numbersIn(form, `${split}.groups`) : null,
  })
  return { train: await of('train'), test: await of('test') }
}

/**
 * Indices in the form of the training images, then of the test images. A run numbers its images by their place in this
 * list.
 */
function numbersOf({ train, test }: Selection): Uint32Array {
  const numbers = new Uint32Array(train.images.length + test.images.length)
  numbers.set(train.images)
  numbers.set(test.images, train.images.length)
  return numbers
}

/** Bytes read at a time. */
const readAtOnce = 4 << 20

/** Opens the images of one split and calls `use` with what reads bytes from a position on. A read error is damage. */
async function withImages(
  form: Form,
  split: Split,
  use: (read: (into: Uint8Array, position: number) => void) => Promise<void>,
): Promise<void> {
  const file = `${split}.images` as const
  let handle: number | null = null
  try {
    const opened = openSync(path.join(form.folder, file), 'r')
    handle = opened
    await use((into, position) => {
      if (readSync(opened, into, 0, into.length, position) !== into.length)
        damaged(form, phrase('file-cut-short', { file }))
    })
  } catch (thrown) {
    if (thrown instanceof LabError) throw thrown
    damaged(form, unreadPhrase(file, thrown), thrown)
  } finally {
    if (handle !== null) closeSync(handle)
  }
}

/**
 * The images with these indices, packed one after another. For a form that is read in full and whose hashes are
 * checked.
 */
async function copiedImages(form: Form, numbers: Uint32Array): Promise<Uint8Array> {
  const { card, files } = form.stored
  const bytes = imageBytes(card)
  const into = new Uint8Array(numbers.length * bytes)
  const places = new Map([...numbers].map((number, place) => [number, place]))
  const atOnce = Math.max(1, Math.floor(readAtOnce / bytes))
  const buffer = new Uint8Array(atOnce * bytes)
  let before = 0
  for (const split of ['train', 'test'] as const) {
    const hash = createHash('sha256')
    const images = card.sizes[split]
    await withImages(form, split, async (readBytes) => {
      for (let first = 0; first < images; first += atOnce) {
        const read = buffer.subarray(0, Math.min(atOnce, images - first) * bytes)
        readBytes(read, first * bytes)
        hash.update(read)
        for (let offset = 0; offset < read.length; offset += bytes) {
          const place = places.get(before + first + offset / bytes)
          if (place !== undefined) into.set(read.subarray(offset, offset + bytes), place * bytes)
        }
        // Yields one turn of the event loop, so that other calls are answered.
        await eventLoopTurn()
      }
    })
    if (hash.digest('hex') !== files[`${split}.images`])
      damaged(form, phrase('file-altered', { file: `${split}.images` }))
    before += images
  }
  return into
}

/** The images with these indices, packed one after another. Reads each image on its own. */
async function pickedImages(form: Form, numbers: Uint32Array): Promise<Uint8Array> {
  const { card } = form.stored
  const bytes = imageBytes(card)
  const into = new Uint8Array(numbers.length * bytes)
  const atOnce = Math.max(1, Math.floor(readAtOnce / bytes))
  for (const split of ['train', 'test'] as const) {
    const before = split === 'train' ? 0 : card.sizes.train
    const inFile = (number: number): boolean => number >= before && number < before + card.sizes[split]
    await withImages(form, split, async (readBytes) => {
      for (const [place, number] of numbers.entries()) {
        if (inFile(number)) readBytes(into.subarray(place * bytes, (place + 1) * bytes), (number - before) * bytes)
        if (place % atOnce === 0) await eventLoopTurn()
      }
    })
  }
  return into
}

/** A source of the images with these indices; in memory if they fit in the limit. */
async function sourceOf(form: Form, numbers: Uint32Array): Promise<ImageSource> {
  const { folder, hashed, stored, limit, openLarge } = form
  const bytes = imageBytes(stored.card)
  if (hashed) return imagesInMemory(await copiedImages(form, numbers))
  if (numbers.length * bytes <= limit) return imagesInMemory(await pickedImages(form, numbers))
  const files = (['train', 'test'] as const).map((split) => ({
    path: path.join(folder, `${split}.images`),
    images: stored.card.sizes[split],
  }))
  return openLarge({ files, imageBytes: bytes, numbers, refuse: (detail) => damaged(form, detail) })
}

/** Reads the part of a form that a choice selects. */
async function readRunData(form: Form, choice: DataChoice): Promise<RunData> {
  const { card } = form.stored
  if (!form.hashed) await verifyPreparedForm(form.folder)
  const selection = selectImages(card, await labelsOf(form), choice)
  const { train, test } = selection
  const labels = new Uint16Array(train.labels.length + test.labels.length)
  labels.set(train.labels)
  labels.set(test.labels, train.labels.length)
  return {
    image: card.image,
    classes: selection.classes.length,
    trainImages: train.images.length,
    testImages: test.images.length,
    labels,
    images: await sourceOf(form, numbersOf(selection)),
  }
}

/**
 * Reads the data that runs train on and keeps the last of it, so that a resumed run, or another on the same data,
 * starts at once.
 */
export class DataReader {
  readonly #limit: number
  readonly #openLarge: Form['openLarge']
  #last: { readonly key: string; readonly data: RunData } | null = null

  /**
   * @param limit Largest number of bytes of images to hold in memory. Beyond it, images are read from disk when needed.
   * @param openLarge How they are read then; by default ahead, for training.
   */
  constructor(limit: number = heldInMemory, openLarge: Form['openLarge'] = imagesOnDisk) {
    this.#limit = limit
    this.#openLarge = openLarge
  }

  /**
   * The data for a configuration.
   * @throws LabError as `taken` and `checkFit` do.
   */
  async read(folder: string, config: RunConfig): Promise<RunData> {
    const data = await this.taken(folder, config.data)
    checkFit(config, data)
    return data
  }

  /**
   * What a configuration takes of a set, without a look at its network.
   * @throws LabError `dataset-damaged`, `dataset-changed`, or `bad-input` for classes that the set does not have.
   */
  async taken(folder: string, data: RunConfig['data']): Promise<RunData> {
    const choice = choiceOf(data)
    const key = canonicalJson({ folder, sha256: data.sha256, choice })
    if (this.#last?.key !== key) {
      const stored = checkPreparedSizes(folder)
      if (stored.prepared.sha256 !== data.sha256) refuse('dataset-changed', { dataset: stored.card.name })
      // Released before the next is read, so that two data sets are never in memory at once.
      await this.close()
      const { card } = stored
      const hashed = (card.sizes.train + card.sizes.test) * imageBytes(card) <= this.#limit
      const form = { folder, stored, hashed, limit: this.#limit, openLarge: this.#openLarge }
      this.#last = { key, data: await readRunData(form, choice) }
    }
    return this.#last.data
  }

  /** Releases the cached data. */
  async close(): Promise<void> {
    const last = this.#last
    this.#last = null
    await last?.data.images.close()
  }
}
