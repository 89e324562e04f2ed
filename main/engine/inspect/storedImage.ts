import { phrase } from '../../../core/words/phrases.ts'
import type { InspectImage } from '../../../core/contract/inspectContract.ts'
import type { Model } from '../../../core/network/model.ts'
import { refuse } from '../../../core/words/problems.ts'
import type { FedImages } from '../feed/crop.ts'
import { bytesIn } from '../shared/base64.ts'

/**
 * An image as the only one of a set, with index 0.
 * @throws LabError `bad-input` when it is smaller than what the network takes, or has other channels.
 */
export function storedImage({ pixels, height, width, channels }: InspectImage, input: Model['input']): FedImages {
  const bytes = bytesIn(pixels)
  const fits = channels === input.channels && height >= input.height && width >= input.width
  if (!fits || bytes.length !== height * width * channels)
    refuse('bad-input', {
      detail: phrase('image-of-bytes', { extents: `${height} x ${width} x ${channels}`, bytes: String(bytes.length) }),
    })
  return { height, width, channels, sequence: { images: bytes, placeOf: () => 0 } }
}
