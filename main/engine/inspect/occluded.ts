import { setImmediate as eventLoopTurn } from 'node:timers/promises'
import type { OcclusionOrder, OcclusionPart } from '../../../core/contract/inspectContract.ts'
import { coveredParts, type CoveredPart } from '../../../core/inspect/occlusion.ts'
import { probabilitiesFrom } from '../../../core/inspect/probabilities.ts'
import { measure } from '../../../core/network/geometry.ts'
import type { Model } from '../../../core/network/model.ts'
import { pixelScale } from '../feed/pixelScale.ts'
import { floatsText } from '../shared/base64.ts'
import { logitsOf } from './answers.ts'
import { imagesAtOnce } from './batchSize.ts'
import { enteringImages } from './enteringImages.ts'
import type { LookTools } from './lookTools.ts'
import { paceOf } from '../shared/pace.ts'

/** Sets a part of an image `[height, width, channels]` to one colour. */
function cover(
  image: Float32Array,
  { width, channels }: Model['input'],
  { top, bottom, left, right }: CoveredPart,
  colour: readonly number[],
): void {
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) image.set(colour, (y * width + x) * channels)
  }
}

/**
 * Occlusion (Zeiler & Fergus 2014): what a network answers for an image with one part after another covered by grey, a
 * pixel of 127.5 as it enters the network. Ends with `covered`, or without it once the signal says that nobody listens.
 * @throws LabError as `OpenNetworks` does, or `bad-input` for an image that does not fit.
 */
export async function* occluded(
  { networks }: Pick<LookTools, 'networks'>,
  { config, checkpoint, image, side, stride }: OcclusionOrder,
  signal?: AbortSignal,
): AsyncGenerator<OcclusionPart> {
  const { model, data, evaluation } = config
  const [{ input }, { factor, shift }] = [model, pixelScale(data.pixels, model.input.channels)]
  const grey = factor.map((one, channel) => one / 2 + shift[channel])
  const whole = enteringImages(config, [image])
  const answers = (images: Float32Array): Promise<number[][]> =>
    networks.ask({ config, checkpoint }, (network) =>
      logitsOf(network, images, evaluation.flips).map((logits) => probabilitiesFrom(model.head, logits)),
    )

  const [uncovered] = await answers(whole)
  const { parts } = coveredParts(input, { side, stride })
  const probabilities = new Float32Array(parts.length * uncovered.length)
  const progress = paceOf(parts.length)
  const atOnce = imagesAtOnce(measure(model))
  for (let done = 0; done < parts.length;) {
    const batch = parts.slice(done, done + atOnce)
    const images = new Float32Array(batch.length * whole.length)
    batch.forEach((part, index) => {
      images.set(whole, index * whole.length)
      cover(images.subarray(index * whole.length, (index + 1) * whole.length), input, part, grey)
    })
    probabilities.set((await answers(images)).flat(), done * uncovered.length)
    done += batch.length
    yield progress(done)
    // Other questions are answered between two batches.
    await eventLoopTurn()
    if (signal?.aborted === true) return
  }
  yield {
    kind: 'covered',
    uncovered: floatsText(Float32Array.from(uncovered)),
    probabilities: floatsText(probabilities),
  }
}
