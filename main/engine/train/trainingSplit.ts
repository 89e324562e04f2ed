import { permutationOf } from '../../../core/numbers/permutation.ts'
import type { RandomNumbers } from '../../../core/numbers/random.ts'
import { heldOutImages } from '../../../core/run/validation.ts'

/** Indices of the training images, each list in ascending order. */
export interface TrainingSplit {
  readonly trained: Uint32Array
  /** Held out for validation. */
  readonly heldOut: Uint32Array
}

/** Splits the training images. A pure function of the seed, their number and the share. */
export function trainingSplit(random: RandomNumbers, images: number, validationShare: number): TrainingSplit {
  const count = heldOutImages(images, validationShare)
  if (count === 0)
    return { trained: Uint32Array.from({ length: images }, (_, image) => image), heldOut: new Uint32Array() }
  const order = permutationOf(random, 0, images, 'validation')
  return { trained: order.slice(count).sort(), heldOut: order.slice(0, count).sort() }
}
