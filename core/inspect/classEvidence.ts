import { mapExtents, mapsIn } from './mapFigures.ts'

/**
 * Saliency (Simonyan, Vedaldi & Zisserman 2014): for each pixel the largest absolute gradient of a class's score over
 * the channels.
 * @param gradient `[height, width, channels]`, by the image as it enters the network.
 * @returns `[height, width]`
 */
export function saliencyOf(gradient: Float32Array, shape: readonly number[]): Float32Array {
  const channels = mapsIn(shape)
  return Float32Array.from({ length: gradient.length / channels }, (_, place) => {
    const pixel = gradient.subarray(place * channels, (place + 1) * channels)
    return pixel.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)
  })
}

/**
 * Grad-CAM (Selvaraju et al. 2017): the sum of a layer's maps, each weighted by the mean gradient of a class's score by
 * it; what is below 0 speaks against the class and counts 0.
 * @param output `[height, width, channels]`
 * @param gradient Of the class's score by it, in its shape.
 * @returns `[height, width]`
 */
export function gradCamOf(output: Float32Array, gradient: Float32Array, shape: readonly number[]): Float32Array {
  const maps = mapsIn(shape)
  const { height, width } = mapExtents(shape)
  const places = height * width
  const weights = Array.from({ length: maps }, (_, map) => {
    let sum = 0
    for (let place = 0; place < places; place += 1) sum += gradient[place * maps + map]
    return sum / places
  })
  return Float32Array.from({ length: places }, (_, place) =>
    Math.max(
      0,
      weights.reduce((sum, weight, map) => sum + weight * output[place * maps + map], 0),
    ),
  )
}
