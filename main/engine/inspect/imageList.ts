import type { InspectList } from '../../../core/contract/inspectContract.ts'
import type { RunConfig } from '../../../core/run/run.ts'
import { CentredFeed } from '../feed/augment.ts'
import type { DataReader, RunData } from '../feed/preparedData.ts'

/** Images that are read one after another. */
export interface ListedImages {
  /**
   * The next images of the order as they enter the network when it is measured: float32 `[images, height, width,
   * channels]`, overwritten by the next call.
   * @throws LabError `dataset-damaged` when an image cannot be read.
   */
  next(count: number): Float32Array
  close(): void
}

/** One of the lists of images that a run uses. */
export class ImageList {
  /** Label of each image. */
  readonly labels: Uint16Array
  readonly #data: RunData
  readonly #config: RunConfig
  /** Number of the list's first image in the data. */
  readonly #first: number

  /**
   * @param data Leaves the images on disk, however few they are.
   * @throws LabError as `DataReader.read` does.
   */
  static async open(data: DataReader, { dataFolder, split }: InspectList, config: RunConfig): Promise<ImageList> {
    return new ImageList(await data.read(dataFolder, config), config, split)
  }

  private constructor(data: RunData, config: RunConfig, split: InspectList['split']) {
    this.#data = data
    this.#config = config
    this.#first = split === 'train' ? 0 : data.trainImages
    const count = split === 'train' ? data.trainImages : data.testImages
    this.labels = data.labels.subarray(this.#first, this.#first + count)
  }

  /**
   * Begins to read images of the list.
   * @param numbers In the order in which they will be asked for.
   * @param atOnce The most that will be asked for at once.
   */
  read(numbers: Uint32Array, atOnce: number): ListedImages {
    const { image, images } = this.#data
    const { model, data } = this.#config
    const order = numbers.map((number) => this.#first + number)
    const sequence = images.sequence((first, count) => order.subarray(first, first + count))
    const feed = new CentredFeed({ ...image, sequence }, model.input, data.pixels, atOnce)
    let done = 0
    return {
      next(count) {
        const batch = feed.batchOf(order.subarray(done, done + count))
        done += count
        return batch
      },
      close: () => sequence.close(),
    }
  }
}
