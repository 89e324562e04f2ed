import type { Pixels } from '../../../core/data/pixels.ts'
import { CentredFeed } from './augment.ts'
import type { RunData } from './preparedData.ts'
import type { ScaledImages } from '../train/whitening.ts'

/** As many as tell the statistics of patches: a million of them in images of 32 x 32. */
const enough = 1000

/**
 * Some training images of a run, whole and undistorted, as they would enter its network: a thousand at equal distances,
 * because some sets have their images in the order of the classes.
 * @param trained Numbers of the images that are trained on.
 * @throws LabError `dataset-damaged` where an image cannot be read.
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
