import type { Model } from '../../../core/network/model.ts'
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
