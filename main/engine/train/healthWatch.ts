import type { TrainOrder } from '../../../core/contract/engineContract.ts'
import type { Health } from '../../../core/health/health.ts'
import { healthBatch } from '../../../core/health/healthBatch.ts'
import { CentredFeed } from '../feed/augment.ts'
import type { RunData } from '../feed/preparedData.ts'
import type { NetworkSession } from './session.ts'

/** The fixed batch as evaluation sees images. */
interface FixedBatch {
  readonly images: Float32Array
  readonly labels: Int32Array
}

/** @throws LabError `dataset-damaged` when an image cannot be read. */
function readBatch({ config }: TrainOrder, data: RunData, count: number): FixedBatch {
  const numbers = healthBatch(count, data.trainImages)
  const sequence = data.images.sequence((first, wanted) => numbers.subarray(first, first + wanted))
  try {
    const feed = new CentredFeed({ ...data.image, sequence }, config.model.input, config.data.pixels, count)
    return { images: feed.batchOf(numbers), labels: Int32Array.from(numbers, (image) => data.labels[image]) }
  } finally {
    sequence.close()
  }
}

/** Measures a run's health at the steps that its order says. It only observes: training computes the same bits. */
export class HealthWatch {
  readonly #order: TrainOrder
  readonly #session: NetworkSession
  readonly #batch: FixedBatch

  /**
   * @param session Opened for health.
   * @param images Number of images of the fixed batch.
   */
  constructor(order: TrainOrder, session: NetworkSession, data: RunData, images: number) {
    this.#order = order
    this.#session = session
    this.#batch = readBatch(order, data, images)
  }

  #isDue(step: number): boolean {
    return step % this.#order.healthEvery === 0
  }

  /** Call this before each step. Keeps the weights when health is due after it. */
  before(step: number): void {
    if (this.#isDue(step)) this.#session.keepWeights()
  }

  /** The health after a step for which `before` was called; null when it is not due. */
  after(step: number): Health | null {
    return this.#isDue(step) ? this.#measure(step, true) : null
  }

  /** The health of the initial weights. */
  atBeginning(): Health {
    this.#session.keepWeights()
    return this.#measure(0, false)
  }

  #measure(step: number, updated: boolean): Health {
    const { images, labels } = this.#batch
    return { step, images: labels.length, layers: this.#session.measureHealth(images, labels, updated) }
  }
}
