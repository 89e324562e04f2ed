import type { Pixels } from '../../../core/data/pixels.ts'

/** Number of values that a pixel can have. */
const values = 256

/** How pixels of 0 to 255 are scaled for the network. */
export interface PixelScale {
  /** The scaled value of each pixel value: float32 `[channels, 256]`. */
  readonly table: Float32Array
  /** A value v of 0 to 1 becomes v * factor + shift; one factor and one shift per channel. */
  readonly factor: readonly number[]
  readonly shift: readonly number[]
}

/** The scale that a configuration defines, for images with this number of channels. */
export function pixelScale(pixels: Pixels, channels: number): PixelScale {
  const of = (channel: number): { zero: number; range: number } =>
    pixels.kind === 'range'
      ? { zero: pixels.min, range: pixels.max - pixels.min }
      : { zero: pixels.mean[channel], range: pixels.deviation[channel] }
  const scales = Array.from({ length: channels }, (_, channel) => of(channel))
  return {
    table: Float32Array.from({ length: channels * values }, (_, place) => {
      const { zero, range } = scales[Math.floor(place / values)]
      return ((place % values) - zero) / range
    }),
    factor: scales.map(({ range }) => (values - 1) / range),
    shift: scales.map(({ zero, range }) => -zero / range),
  }
}

/**
 * Scales uint8 pixels `[height, width, channels]` into `into` from `offset` on: all of them, or `count` values from
 * `from` on.
 */
export function scalePixels(
  pixels: Uint8Array,
  { table, factor }: PixelScale,
  into: Float32Array,
  offset: number,
  from = 0,
  count = pixels.length,
): void {
  if (factor.length === 1) {
    for (let place = 0; place < count; place += 1) into[offset + place] = table[pixels[from + place]]
    return
  }
  for (let place = 0; place < count; place += 3) {
    into[offset + place] = table[pixels[from + place]]
    into[offset + place + 1] = table[values + pixels[from + place + 1]]
    into[offset + place + 2] = table[2 * values + pixels[from + place + 2]]
  }
}
