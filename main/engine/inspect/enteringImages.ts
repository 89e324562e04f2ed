import type { InspectImage } from '../../../core/contract/inspectContract.ts'
import type { RunConfig } from '../../../core/run/run.ts'
import { CentredFeed } from '../feed/augment.ts'
import { storedImage } from './storedImage.ts'

/** The part of a configuration that decides how images enter. */
interface EnteredConfig {
  readonly model: Pick<RunConfig['model'], 'input'>
  readonly data: Pick<RunConfig['data'], 'pixels'>
}

/**
 * Images as they enter the network when it is measured: cut at the centre and scaled.
 * @returns float32 `[images, height, width, channels]`.
 * @throws LabError `bad-input` when an image is smaller than what the network takes or has other channels.
 */
export function enteringImages(
  { model: { input }, data }: EnteredConfig,
  images: readonly InspectImage[],
): Float32Array {
  const size = input.height * input.width * input.channels
  const entering = new Float32Array(images.length * size)
  images.forEach((image, index) => {
    entering.set(new CentredFeed(storedImage(image, input), input, data.pixels, 1).batchOf([0]), index * size)
  })
  return entering
}
