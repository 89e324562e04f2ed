import type { InspectImage } from '../../../core/contract/inspectContract.ts'
import type { RunConfig } from '../../../core/run/run.ts'
import { refuse } from '../../../core/words/problems.ts'
import { CentredFeed } from '../feed/augment.ts'
import { bytesIn } from '../shared/base64.ts'

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
  images.forEach(({ pixels, height, width, channels }, index) => {
    const bytes = bytesIn(pixels)
    const fits = channels === input.channels && height >= input.height && width >= input.width
    if (!fits || bytes.length !== height * width * channels)
      refuse('bad-input', { detail: `an image of ${height} x ${width} x ${channels} with ${bytes.length} bytes` })
    const stored = { height, width, channels, sequence: { images: bytes, placeOf: () => 0 } }
    entering.set(new CentredFeed(stored, input, data.pixels, 1).batchOf([0]), index * size)
  })
  return entering
}
