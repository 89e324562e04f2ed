import type { Pixels } from '../../core/pixels.ts'
import { pixelScale, scalePixels } from './pixelScale.ts'
import type { RunData } from './preparedData.ts'
import type { ScaledImages } from './whitening.ts'

/** As many as tell the statistics of patches: a million of them in images of 32 x 32. */
const enough = 1000

/**
 * The first training images of a run, whole and undistorted, as they would enter its network.
 * @param trained Numbers of the images that are trained on.
 * @throws LabError `dataset-damaged` where an image cannot be read.
 */
export function firstImages({ image, images }: Pick<RunData, 'image' | 'images'>, pixels: Pixels, trained: Uint32Array): ScaledImages {
  const numbers = trained.subarray(0, enough)
  const { height, width, channels } = image
  const size = height * width * channels
  const values = new Float32Array(numbers.length * size)
  const scale = pixelScale(pixels, channels)
  const sequence = images.sequence((first, count) => numbers.subarray(first, first + count))
  try {
    numbers.forEach((number, index) => {
      const from = sequence.placeOf(number) * size
      scalePixels(sequence.images.subarray(from, from + size), scale, values, index * size)
    })
  } finally {
    sequence.close()
  }
  return { values, height, width, channels }
}
