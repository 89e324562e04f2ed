import type { Augmentation } from '../../../core/run/augmentation.ts'
import { centrePlace } from '../../../core/run/distortion.ts'
import type { Model } from '../../../core/network/model.ts'
import type { Pixels } from '../../../core/data/pixels.ts'
import type { RandomNumbers } from '../../../core/numbers/random.ts'
import type { RunConfig } from '../../../core/run/run.ts'
import type { Turn } from './batches.ts'
import type { FedImages } from './crop.ts'
import { Distorter } from './distorter.ts'
import { drawDistortion } from './distortion.ts'
import { Mixer, type Mix } from './mixup.ts'
import { pixelScale, scalePixels, type PixelScale } from './pixelScale.ts'

/** Images with the label of each. */
export interface LabelledImages extends FedImages {
  readonly labels: Uint16Array
}

/** The input of a training step. */
export interface TrainingBatch {
  /** float32 `[batch, height, width, channels]`, in the network's scale. */
  readonly images: Float32Array
  /** int32 `[batch]` */
  readonly labels: Int32Array
  /** Null when images are not mixed. */
  readonly mix: Mix | null
}

/** The part of a configuration that determines a batch. */
type FeedConfig = Pick<RunConfig, 'augmentation' | 'batch'> & {
  readonly model: Pick<Model, 'input'>
  readonly data: Pick<RunConfig['data'], 'pixels'>
}

/**
 * Distorts training images, a batch at a time. This runs in the training thread. The distortions of the presets take a
 * small part of a step's processor time, and TensorFlow keeps all processors busy during a step, so a second thread
 * would only compete with it.
 */
export class TrainingFeed {
  readonly #stored: LabelledImages
  readonly #input: Model['input']
  readonly #augmentation: Augmentation
  readonly #random: RandomNumbers
  readonly #distorter: Distorter
  /** Number of values in one image. */
  readonly #values: number
  readonly #mixer: Mixer
  readonly #batch: TrainingBatch

  constructor(
    stored: LabelledImages,
    { model: { input }, data: { pixels }, augmentation, batch }: FeedConfig,
    random: RandomNumbers,
  ) {
    const values = input.height * input.width * input.channels
    this.#stored = stored
    this.#input = input
    this.#augmentation = augmentation
    this.#random = random
    this.#distorter = new Distorter(stored, { input, pixels, augmentation })
    this.#values = values
    this.#mixer = new Mixer(values)
    this.#batch = {
      images: new Float32Array(batch * values),
      labels: new Int32Array(batch),
      mix: augmentation.mixup === null ? null : { labels: new Int32Array(batch), weights: new Float32Array(batch) },
    }
  }

  /**
   * The batch of a step, each image distorted as its turn determines. The next call overwrites the batch, because
   * reusing memory costs nothing.
   */
  batchOf(turns: readonly Turn[]): TrainingBatch {
    const { images, labels, mix } = this.#batch
    turns.forEach((turn, index) => {
      const distortion = drawDistortion(this.#augmentation, this.#random, turn, this.#stored, this.#input)
      this.#distorter.write(turn.image, distortion, images, index * this.#values)
      labels[index] = this.#stored.labels[turn.image]
      if (mix === null || distortion.weight === null) return
      mix.weights[index] = distortion.weight
      mix.labels[index] = this.#stored.labels[turns[(index + 1) % turns.length].image]
    })
    if (mix !== null) this.#mixer.mix(images, mix.weights)
    return this.#batch
  }
}

/** Centre crops for evaluation, a batch at a time. */
export class CentredFeed {
  readonly #stored: FedImages
  readonly #input: Model['input']
  readonly #scale: PixelScale
  readonly #images: Float32Array
  /** Offset of the crop within an image. */
  readonly #begin: number

  /**
   * @param input No larger than the images.
   * @param batch Largest number of images in a batch.
   */
  constructor(stored: FedImages, input: Model['input'], pixels: Pixels, batch: number) {
    const { top, left } = centrePlace(stored, input)
    this.#stored = stored
    this.#input = input
    this.#scale = pixelScale(pixels, stored.channels)
    this.#images = new Float32Array(batch * input.height * input.width * stored.channels)
    this.#begin = (top * stored.width + left) * stored.channels
  }

  /** float32 `[images, height, width, channels]`, overwritten by the next call. */
  batchOf(images: ArrayLike<number>): Float32Array {
    const { sequence, height, width, channels } = this.#stored
    const stride = width * channels
    const row = this.#input.width * channels
    let offset = 0
    for (let index = 0; index < images.length; index += 1) {
      // Rows go straight into the batch, without an intermediate crop, because TensorFlow is idle meanwhile.
      let from = sequence.placeOf(images[index]) * height * stride + this.#begin
      for (let y = 0; y < this.#input.height; y += 1) {
        scalePixels(sequence.images, this.#scale, this.#images, offset, from, row)
        from += stride
        offset += row
      }
    }
    return this.#images.subarray(0, offset)
  }
}
