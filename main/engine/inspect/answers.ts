import type { Model } from '../../../core/network/model.ts'
import { imageName } from '../../../core/layers/parts/fields.ts'
import type { InspectedNetwork } from './inspectedNetwork.ts'

/** Images `[images, height, width, channels]`, mirrored left to right. */
function mirrored({ input: { width, channels } }: Model, images: Float32Array): Float32Array {
  const turned = new Float32Array(images.length)
  const row = width * channels
  for (let from = 0; from < images.length; from += row) {
    for (let column = 0; column < width; column += 1) {
      const source = from + (width - 1 - column) * channels
      turned.set(images.subarray(source, source + channels), from + column * channels)
    }
  }
  return turned
}

/**
 * The logits of images as an evaluation of the run takes them: with `flips` the means of each image and its mirror
 * image.
 * @returns a row for each image.
 */
export function logitsOf(network: InspectedNetwork, images: Float32Array, flips: boolean): number[][] {
  const own = network.answer(images)
  const others = flips ? network.answer(mirrored(network.model, images)) : null
  const rows: number[][] = []
  for (let first = 0; first < own.length; first += network.logits) {
    const row = [...own.subarray(first, first + network.logits)]
    rows.push(others === null ? row : row.map((logit, index) => (logit + others[first + index]) / 2))
  }
  return rows
}

/**
 * The gradient of a score by an image, `[height, width, channels]`, where the score depends on the logits that
 * `logitsOf` gives: with `flips` on those of the mirror image too.
 * @param byLogits Gradient of the score by these logits.
 */
export function gradientByImage(
  network: InspectedNetwork,
  image: Float32Array,
  byLogits: readonly number[],
  flips: boolean,
): Float32Array {
  const ofScore = Float32Array.from(byLogits)
  const { gradient } = network.gradient(imageName, image, ofScore)
  if (!flips) return gradient
  const { model } = network
  const ofMirrored = mirrored(model, network.gradient(imageName, mirrored(model, image), ofScore).gradient)
  return gradient.map((value, place) => (value + ofMirrored[place]) / 2)
}
