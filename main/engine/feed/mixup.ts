import { share, type RandomNumbers } from '../../../core/numbers/random.ts'

/** What is mixed into each image of a batch. */
export interface Mix {
  /** int32 `[batch]`: the label of the image that was mixed in. */
  readonly labels: Int32Array
  /** float32 `[batch]`: each image's own share, 0 to 1. */
  readonly weights: Float32Array
}

/** The place in the sequence of epochs that a number is drawn for. */
interface Place {
  readonly epoch: number
  readonly position: number
}

/**
 * Draws from Beta(alpha, alpha) by rejection (Jöhnk 1964). For uniform u and v, let x = u^(1/alpha) and y =
 * v^(1/alpha). If x + y is at most 1, the answer is x / (x + y); otherwise the pair is rejected. On average, one pair
 * in two is accepted for an alpha of 1, and one in six for an alpha of 2.
 */
export function mixingWeight(alpha: number, random: RandomNumbers, { epoch, position }: Place): number {
  for (let block = 0; ; block += 1) {
    const words = random.words('mixup', epoch, position, block)
    for (const pair of [0, 2]) {
      // 1 - share is never 0, so x + y is not 0 either.
      const x = (1 - share(words[pair])) ** (1 / alpha)
      const y = (1 - share(words[pair + 1])) ** (1 / alpha)
      if (x + y <= 1) return x / (x + y)
    }
  }
}

/** Mixes the images of a batch in place. */
export class Mixer {
  readonly #first: Float32Array

  /** @param values Number of values in one image. */
  constructor(values: number) {
    this.#first = new Float32Array(values)
  }

  /** Image i becomes weights[i] * image i + (1 - weights[i]) * image (i + 1). The image after the last is the first. */
  mix(images: Float32Array, weights: Float32Array): void {
    const values = this.#first.length
    this.#first.set(images.subarray(0, values))
    weights.forEach((weight, image) => {
      const own = image * values
      const last = image === weights.length - 1
      const other = last ? this.#first : images
      const from = last ? 0 : own + values
      for (let place = 0; place < values; place += 1)
        images[own + place] = images[own + place] * weight + other[from + place] * (1 - weight)
    })
  }
}
