import type { RunConfig } from '../../../core/run/run.ts'
import { CentredFeed } from '../feed/augment.ts'
import type { ImageSequence } from '../feed/imageSource.ts'
import type { RunData } from '../feed/preparedData.ts'
import type { NetworkSession } from './session.ts'

/**
 * Images per batch of an evaluation. It affects the result, because sums of floats depend on their grouping. Evaluating
 * a checkpoint again must give the same bits, so this stays fixed.
 */
export const measuredBatch = 250

/** Result of an evaluation: mean cross-entropy and share of correct answers. */
export interface Measured {
  readonly loss: number
  readonly accuracy: number
}

/**
 * An evaluation on the centre crops of some images. It runs a batch at a time, so that the caller can react in between.
 */
export class Measurement {
  readonly total: number
  #done = 0
  #lossSum = 0
  #correct = 0
  readonly #session: NetworkSession
  readonly #config: RunConfig
  readonly #data: RunData
  readonly #images: Uint32Array
  /** Null before the first batch and after the last. */
  #reading: { readonly feed: CentredFeed; readonly sequence: ImageSequence } | null = null

  /** @param images Indices of the images to evaluate; at least one. */
  constructor(session: NetworkSession, config: RunConfig, data: RunData, images: Uint32Array) {
    this.#session = session
    this.#config = config
    this.#data = data
    this.#images = images
    this.total = images.length
  }

  /** Images evaluated so far. */
  get done(): number {
    return this.#done
  }

  /**
   * Evaluates the next batch.
   * @throws LabError `dataset-damaged` when an image cannot be read.
   */
  measureNext(): void {
    this.#reading ??= this.#begin()
    const images = this.#images.subarray(this.#done, this.#done + measuredBatch)
    const { lossSum, correct } = this.#session.evaluateBatch(
      this.#reading.feed.batchOf(images),
      Int32Array.from(images, (image) => this.#data.labels[image]),
    )
    this.#lossSum += lossSum
    this.#correct += correct
    this.#done += images.length
    if (this.#done === this.total) this.close()
  }

  /** Releases the reader of the images. Call it when an evaluation ends before all images are done. */
  close(): void {
    this.#reading?.sequence.close()
    this.#reading = null
  }

  #begin(): { feed: CentredFeed; sequence: ImageSequence } {
    const { image, images } = this.#data
    const { model, data } = this.#config
    const sequence = images.sequence((first, count) => this.#images.subarray(first, first + count))
    return { sequence, feed: new CentredFeed({ ...image, sequence }, model.input, data.pixels, measuredBatch) }
  }

  /** Means over the images evaluated so far; final once `done` equals `total`. */
  result(): Measured {
    return { loss: this.#lossSum / this.#done, accuracy: this.#correct / this.#done }
  }
}

/** An evaluation of the whole test set. */
export function testMeasurement(session: NetworkSession, config: RunConfig, data: RunData): Measurement {
  const images = Uint32Array.from({ length: data.testImages }, (_, image) => data.trainImages + image)
  return new Measurement(session, config, data, images)
}

/** An evaluation of the training images held out for validation. */
export function validationMeasurement(
  session: NetworkSession,
  config: RunConfig,
  data: RunData,
  heldOut: Uint32Array,
): Measurement {
  return new Measurement(session, config, data, heldOut)
}
