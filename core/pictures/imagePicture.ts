import type { Pixels } from '../data/pixels.ts'
import type { Picture } from './mapGrid.ts'

/** An image as a picture. @param pixels uint8 `[height, width, channels]` with 1 or 3 channels. */
export function pictureOfPixels(pixels: Uint8Array, [height, width, channels]: readonly number[]): Picture {
  const drawn = new Uint8Array(height * width * 4)
  for (let place = 0; place < height * width; place += 1) {
    for (let colour = 0; colour < 3; colour += 1)
      drawn[place * 4 + colour] = pixels[place * channels + (channels === 1 ? 0 : colour)]
    drawn[place * 4 + 3] = 255
  }
  return { height, width, pixels: drawn }
}

/** What a value in the network's scale is in the scale of pixels, of 0 to 255 for an image, not rounded. */
function inPixels(value: number, channel: number, pixels: Pixels): number {
  return pixels.kind === 'range'
    ? value * (pixels.max - pixels.min) + pixels.min
    : value * pixels.deviation[channel] + pixels.mean[channel]
}

/** The pixel of 0 to 255 that a value in the network's scale stands for, cut off at both ends. */
export function pixelOf(value: number, channel: number, pixels: Pixels): number {
  return Math.min(255, Math.max(0, Math.round(inPixels(value, channel, pixels))))
}

/**
 * What enters the network in the scale of pixels, not rounded.
 * @param values float32 `[height, width, channels]` in the network's scale.
 */
export function pixelsOfInput(values: Float32Array, channels: number, pixels: Pixels): Float32Array {
  return values.map((value, index) => inPixels(value, index % channels, pixels))
}

/**
 * What enters the network, as a picture: each value as the pixel that it stands for.
 * @param values float32 `[height, width, channels]` in the network's scale.
 */
export function pictureOfInput(values: Float32Array, shape: readonly number[], pixels: Pixels): Picture {
  const channels = shape[2]
  const bytes = Uint8Array.from(values, (value, index) => pixelOf(value, index % channels, pixels))
  return pictureOfPixels(bytes, shape)
}

/** One channel of it, grey. */
export function channelPicture({ height, width, pixels }: Picture, channel: number): Picture {
  const grey = Uint8Array.from({ length: height * width }, (_, place) => pixels[place * 4 + channel])
  return pictureOfPixels(grey, [height, width, 1])
}
