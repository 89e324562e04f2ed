import { RandomNumbers } from '../numbers/random.ts'

/** The pixel in the middle between black and white. */
const grey = 127.5

/** How far the first image is from grey at most. */
const noise = 20

/** The root mean square of what a step changes, in units of a pixel. */
const stride = 6

/** The share by which every pixel comes closer to grey after a step. */
const decay = 0.02

/** Steps from one blur to the next, and the width of its Gaussian in pixels. */
const blurEvery = 4
const blurWidth = 0.5

/** An image to be changed: pixels of 0 to 255, not rounded, `[height, width, channels]`. */
export interface AscendingImage {
  readonly height: number
  readonly width: number
  readonly channels: number
  readonly pixels: Float32Array
}

/** The image that an ascent begins with: grey with a little noise, a pure function of the seed and the extents. */
export function ascentStart(seed: number, { height, width, channels }: Omit<AscendingImage, 'pixels'>): AscendingImage {
  const random = new RandomNumbers(seed)
  const pixels = Float32Array.from({ length: height * width * channels }, (_, place) =>
    random.between(grey - noise, grey + noise, 'ascent', 0, place),
  )
  return { height, width, channels, pixels }
}

/** The weights of a Gaussian at -1, 0 and 1. */
const [beside, middle] = ((): readonly [number, number] => {
  const side = Math.exp(-1 / (2 * blurWidth ** 2))
  return [side / (1 + 2 * side), 1 / (1 + 2 * side)]
})()

/** Blurs along one direction; at an edge the pixel itself stands for the one that is missing. */
function blurred(pixels: Float32Array, extent: number, distance: number): Float32Array {
  return pixels.map((pixel, place) => {
    const at = Math.floor(place / distance) % extent
    const before = at === 0 ? pixel : pixels[place - distance]
    const after = at === extent - 1 ? pixel : pixels[place + distance]
    return middle * pixel + beside * (before + after)
  })
}

/**
 * The image after a step of gradient ascent. The gradient is scaled to the same length at each step (as Google's
 * DeepDream does, Mordvintsev et al. 2015); against the noise that pure ascent ends in, every pixel then comes a little
 * closer to grey and the image is blurred a little every few steps (decay and blur of Yosinski et al. 2015). Pixels stay
 * within 0 to 255.
 * @param gradient Of what is to become large by the pixels, in their shape. Zero moves nothing.
 * @param step From 1 on.
 */
export function ascentStep(image: AscendingImage, gradient: Float32Array, step: number): AscendingImage {
  const { height, width, channels } = image
  const squares = gradient.reduce((sum, value) => sum + value * value, 0)
  const factor = squares > 0 ? stride / Math.sqrt(squares / gradient.length) : 0
  const moved = image.pixels.map((pixel, place) => grey + (1 - decay) * (pixel + factor * gradient[place] - grey))
  const smooth = step % blurEvery === 0 ? blurred(blurred(moved, width, channels), height, width * channels) : moved
  return { ...image, pixels: smooth.map((pixel) => Math.min(255, Math.max(0, pixel))) }
}
