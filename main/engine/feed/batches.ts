import { permutationOf } from '../../../core/numbers/permutation.ts'
import type { RandomNumbers } from '../../../core/numbers/random.ts'

/**
 * One image's turn in training: which image, and its place in the sequence of epochs. Its distortion depends on that
 * place.
 */
export interface Turn {
  /** Index of the image in the training set. */
  readonly image: number
  /** Counted from 0. */
  readonly epoch: number
  /** Place within the epoch, 0 to images - 1. */
  readonly position: number
}

/**
 * Batches without replacement that are always full. Turn i of the endless sequence of epoch permutations belongs to
 * step floor(i / batch) + 1, so a batch may hold the end of one epoch and the beginning of the next.
 */
export class BatchOrder {
  readonly #random: RandomNumbers
  readonly #images: Uint32Array
  readonly #batch: number
  /** Cache of the most recent epochs. A batch touches one or two, because it is never larger than the set. */
  #permutations = new Map<number, Uint32Array>()

  /** @param images Indices of the images to train on. */
  constructor(random: RandomNumbers, images: Uint32Array, batch: number) {
    this.#random = random
    this.#images = images
    this.#batch = batch
  }

  /** The turns of a step, counted from 1. */
  turnsOf(step: number): Turn[] {
    return this.#turns((step - 1) * this.#batch, this.#batch)
  }

  /** The images of `count` turns, starting at turn `first`, counted from 0. */
  imagesFrom(first: number, count: number): Uint32Array {
    return Uint32Array.from(this.#turns(first, count), ({ image }) => image)
  }

  #turns(first: number, count: number): Turn[] {
    const images = this.#images.length
    const needed = new Map<number, Uint32Array>()
    const turns: Turn[] = []
    for (let turn = first; turn < first + count; turn += 1) {
      const epoch = Math.floor(turn / images)
      const position = turn % images
      let permutation = needed.get(epoch)
      if (permutation === undefined) {
        permutation = this.#permutations.get(epoch) ?? permutationOf(this.#random, epoch, images)
        needed.set(epoch, permutation)
      }
      turns.push({ image: this.#images[permutation[position]], epoch, position })
    }
    this.#permutations = needed
    return turns
  }
}
