import type { Pixels } from '../../../core/data/pixels.ts'
import { CentredFeed } from './augment.ts'
import type { RunData } from './preparedData.ts'
import type { ScaledImages } from '../train/whitening.ts'

/** Number of images that is enough for the statistics of patches: about a million patches in images of 32 x 32. */
const enough = 1000

/**
 * Some training images of a run, whole and undistorted, scaled as the network sees them. A thousand images at equal
 * distances, because some sets store their images in the order of the classes.
 * @param trained Indices of the images to train on.
 * @throws LabError `dataset-damaged` when an image cannot be read.
 */
export function someImages(
  { image, images }: Pick<RunData, 'image' | 'images'>,
  pixels: Pixels,
  trained: Uint32Array,
): ScaledImages {
  const count = Math.min(enough, trained.length)
  const numbers = Uint32Array.from(
    { length: count },
    (_, index) => trained[Math.floor((index * trained.length) / count)],
  )
  const sequence = images.sequence((first, wanted) => numbers.subarray(first, first + wanted))
  try {
    return { ...image, values: new CentredFeed({ ...image, sequence }, image, pixels, count).batchOf(numbers) }
  } finally {
    sequence.close()
  }
}
