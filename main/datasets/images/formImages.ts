import { open } from 'node:fs/promises'
import path from 'node:path'
import type { DataChoice, DatasetForm } from '../../../core/data/dataChoice.ts'
import {
  imageAddress,
  type DatasetCard,
  type DatasetSample,
  type ImagePage,
  type Split,
  type TwinsPage,
} from '../../../core/data/dataset.ts'
import { readAverage } from '../../files/formFacts.ts'
import { imageBytes } from '../../files/preparedCard.ts'
import { readPreparedNumbers } from '../../files/preparedForm.ts'
import { imageOfPicture } from './givenPicture.ts'
import { ChoiceImages } from './choiceImages.ts'
import { chooseSamples } from './sampleImages.ts'
import type { StoredSets } from '../store/storedSets.ts'
import type { StoredForm } from '../store/storedSet.ts'
import { runTask } from '../worker/runTask.ts'

/** The images of prepared forms for the window: lists of them, and their pixels. */
export class FormImages {
  readonly #sets: StoredSets
  readonly #choices = new ChoiceImages()
  /** The computations of twins and averages that are running, by the form's folder. */
  readonly #facts = new Map<string, Promise<void>>()
  readonly #closing = new AbortController()

  constructor(sets: StoredSets) {
    this.#sets = sets
  }

  /**
   * Images of the usual form, spread evenly over the classes. The same seed chooses the same images.
   * @throws LabError `dataset-unknown`, `dataset-missing` or `dataset-damaged`.
   */
  async samples(id: string, split: Split, count: number, seed: number): Promise<DatasetSample[]> {
    const { folder, stored } = this.#sets.checkedForm(id)
    const { labels } = await readPreparedNumbers(folder, stored, split)
    const before = split === 'train' ? 0 : stored.card.sizes.train
    return chooseSamples(labels, stored.card.classes.length, count, seed).map((index) => ({
      split,
      index,
      label: labels[index],
      url: imageAddress(id, stored, before + index),
    }))
  }

  /**
   * A page of the list of a choice's images in one split.
   * @throws LabError `dataset-unknown`, `dataset-missing`, `form-missing`, `dataset-damaged` or `bad-input`.
   */
  async page(id: string, choice: DataChoice, piece: Parameters<ChoiceImages['page']>[2]): Promise<ImagePage> {
    return this.#choices.page(this.#sets.checkedForm(id, choice.form), choice, piece)
  }

  /**
   * The labels of a choice's images in one split, in the order of its list.
   * @throws as `page` does.
   */
  async labels(id: string, choice: DataChoice, split: Split): Promise<Uint16Array> {
    return this.#choices.labels(this.#sets.checkedForm(id, choice.form), choice, split)
  }

  /**
   * Pairs of equal images, one for training and one for testing under a choice.
   * @throws as `page` does.
   */
  async twins(id: string, choice: DataChoice, count: number): Promise<TwinsPage> {
    return this.#choices.twins(await this.#withFacts(id, choice.form), choice, count)
  }

  /** The card of a form by its key, as of the last check; null if it is not prepared. */
  known(id: string, key: string): StoredForm['stored'] | null {
    return this.#sets.knownForm(id, key)?.stored ?? null
  }

  /**
   * One image of a prepared form, read alone: uint8 `[height, width, channels]`.
   * @param index into the form's images: the training images first, then the test images.
   * @returns null when the form has no image of this index.
   * @throws LabError `dataset-unknown`, `dataset-missing`, `form-missing` or `dataset-damaged`.
   */
  async pixels(
    id: string,
    form: DatasetForm,
    index: number,
  ): Promise<{ image: DatasetCard['image']; bytes: Uint8Array } | null> {
    const { folder, stored } = this.#sets.checkedForm(id, form)
    const { image, sizes } = stored.card
    if (index >= sizes.train + sizes.test) return null
    const [split, place] = index < sizes.train ? (['train', index] as const) : (['test', index - sizes.train] as const)
    const bytes = new Uint8Array(imageBytes(stored.card))
    const handle = await open(path.join(folder, `${split}.images`), 'r')
    try {
      await handle.read(bytes, 0, bytes.byteLength, place * bytes.byteLength)
    } finally {
      await handle.close()
    }
    return { image, bytes }
  }

  /**
   * The image that a prepared form would have of a picture.
   * @param bytes of a JPEG or PNG.
   * @throws LabError `picture-refused`, or as `pixels` does.
   */
  async fromPicture(
    id: string,
    form: DatasetForm,
    bytes: Buffer,
  ): Promise<{ image: DatasetCard['image']; bytes: Uint8Array }> {
    const { image } = this.#sets.checkedForm(id, form).stored.card
    return { image, bytes: await imageOfPicture(bytes, form, image) }
  }

  /**
   * The mean of all images of one class in a prepared form.
   * @returns null if the class has no images or does not exist.
   * @throws as `pixels` does.
   */
  async average(
    id: string,
    form: DatasetForm,
    label: number,
  ): Promise<{ image: DatasetCard['image']; bytes: Uint8Array } | null> {
    const { folder, stored } = await this.#withFacts(id, form)
    const bytes = await readAverage(folder, stored, label)
    return bytes === null ? null : { image: stored.card.image, bytes }
  }

  /** Cancels running computations with this reason, and waits until nothing half-written is left. */
  async close(reason: Error): Promise<void> {
    this.#closing.abort(reason)
    await Promise.allSettled(this.#facts.values())
  }

  /**
   * A prepared form with its twins and averages. They are computed first if an older lab prepared the form.
   */
  async #withFacts(id: string, form: DatasetForm): Promise<StoredForm> {
    const { folder, stored, twins } = this.#sets.checkedForm(id, form)
    if (twins === null) {
      const computing =
        this.#facts.get(folder) ??
        runTask('writeFacts', { folder, stored }, { signal: this.#closing.signal, onProgress: () => undefined }).then(
          () => undefined,
        )
      this.#facts.set(folder, computing)
      await computing.finally(() => this.#facts.delete(folder))
      const found = this.#sets.checkedForm(id, form)
      this.#sets.changed(this.#sets.get(id))
      return found
    }
    return this.#sets.checkedForm(id, form)
  }
}
