import type { ColourChange } from '../../../core/run/distortion.ts'
import type { PixelScale } from './pixelScale.ts'

/** The largest pixel value. */
const full = 255

/** 1 / d for each possible difference d of two channels; 0 for grey, which has no hue. */
const inverses = Float64Array.from({ length: full + 1 }, (_, distance) => (distance === 0 ? 0 : 1 / distance))

/** Copies an image and returns the sum of each channel. */
function copy(pixels: Uint8Array, channels: number, into: Float32Array, offset: number): number[] {
  return Array.from({ length: channels }, (_, channel) => {
    let sum = 0
    for (let place = channel; place < pixels.length; place += channels) {
      sum += pixels[place]
      into[offset + place] = pixels[place]
    }
    return sum
  })
}

/**
 * Copies an RGB image with its hue rotated, and returns the sum of each channel. The largest and the smallest channel
 * of each pixel keep their values. The hexagonal hue, as in HSV, moves by `turn` sixths of the circle, -3 to 3
 * (TensorFlow's `AdjustHue`).
 */
function copyWithHue(pixels: Uint8Array, turn: number, into: Float32Array, offset: number): number[] {
  let redSum = 0
  let greenSum = 0
  let blueSum = 0
  for (let place = 0; place < pixels.length; place += 3) {
    const red = pixels[place]
    const green = pixels[place + 1]
    const blue = pixels[place + 2]
    // Faster than Math.max and Math.min, which must handle NaN and -0.
    const most = red > green ? (red > blue ? red : blue) : green > blue ? green : blue
    const least = red < green ? (red < blue ? red : blue) : green < blue ? green : blue
    const range = most - least
    let hue = turn
    if (most === red) hue += (green - blue) * inverses[range]
    else if (most === green) hue += 2 + (blue - red) * inverses[range]
    else hue += 4 + (red - green) * inverses[range]
    if (hue < 0) hue += 6
    // Not `else`: a tiny negative hue can round to exactly 6.
    if (hue >= 6) hue -= 6
    const sector = Math.trunc(hue)
    const moved = (hue - sector) * range
    let newRed = most
    let newGreen = most
    let newBlue = most
    switch (sector) {
      case 0:
        newGreen = least + moved
        newBlue = least
        break
      case 1:
        newRed = most - moved
        newBlue = least
        break
      case 2:
        newRed = least
        newBlue = least + moved
        break
      case 3:
        newRed = least
        newGreen = most - moved
        break
      case 4:
        newRed = least + moved
        newGreen = least
        break
      default:
        newGreen = least
        newBlue = most - moved
    }
    redSum += newRed
    greenSum += newGreen
    blueSum += newBlue
    into[offset + place] = newRed
    into[offset + place + 1] = newGreen
    into[offset + place + 2] = newBlue
  }
  return [redSum, greenSum, blueSum]
}

/** Multiplies each channel, adds to it, clips it to [0, 1] and scales it for the network. */
function finish(
  into: Float32Array,
  offset: number,
  end: number,
  gain: number,
  lift: readonly number[],
  { factor, shift }: PixelScale,
): void {
  const channels = factor.length
  for (let channel = 0; channel < channels; channel += 1) {
    for (let place = offset + channel; place < end; place += channels) {
      const value = into[place] * gain + lift[channel]
      into[place] = (value < 0 ? 0 : value > 1 ? 1 : value) * factor[channel] + shift[channel]
    }
  }
}

/**
 * Like `finish`, and multiplies the saturation before clipping, up to full saturation (TensorFlow's
 * `AdjustSaturation`). Let v be the largest channel and r its difference to the smallest; the saturation in HSV is r /
 * v. Scaling it with hue and v fixed means multiplying each channel's distance to v by min(saturation, v / r). A pixel
 * whose v is not positive has no saturation and becomes v.
 */
function finishSaturated(
  into: Float32Array,
  offset: number,
  end: number,
  gain: number,
  lift: readonly number[],
  saturation: number,
  { factor, shift }: PixelScale,
): void {
  const [redLift, greenLift, blueLift] = lift
  const [redFactor, greenFactor, blueFactor] = factor
  const [redShift, greenShift, blueShift] = shift
  for (let place = offset; place < end; place += 3) {
    const red = into[place] * gain + redLift
    const green = into[place + 1] * gain + greenLift
    const blue = into[place + 2] * gain + blueLift
    const most = red > green ? (red > blue ? red : blue) : green > blue ? green : blue
    const least = red < green ? (red < blue ? red : blue) : green < blue ? green : blue
    const range = most - least
    let distance = saturation
    if (saturation * range > most) distance = most > 0 ? most / range : 0
    const kept = most * (1 - distance)
    const newRed = kept + red * distance
    const newGreen = kept + green * distance
    const newBlue = kept + blue * distance
    into[place] = (newRed < 0 ? 0 : newRed > 1 ? 1 : newRed) * redFactor + redShift
    into[place + 1] = (newGreen < 0 ? 0 : newGreen > 1 ? 1 : newGreen) * greenFactor + greenShift
    into[place + 2] = (newBlue < 0 ? 0 : newBlue > 1 ? 1 : newBlue) * blueFactor + blueShift
  }
}

/**
 * Changes the colours of an image `[height, width, channels]`, scales it for the network, and writes it to `into` from
 * `offset` on. Hue, contrast, brightness and saturation are applied in this order, without clipping in between; the
 * result is clipped to [0, 1]. Contrast maps x to (x - mean) * factor + mean, with the channel's mean over the image
 * (TensorFlow's `AdjustContrastv2`).
 */
export function changeColours(
  pixels: Uint8Array,
  { hue, contrast, brightness, saturation }: ColourChange,
  scale: PixelScale,
  into: Float32Array,
  offset: number,
): void {
  const channels = scale.factor.length
  const sums = hue === null ? copy(pixels, channels, into, offset) : copyWithHue(pixels, hue * 6, into, offset)
  const factor = contrast ?? 1
  const fullSum = (full * pixels.length) / channels
  const lift = sums.map((sum) => (sum / fullSum) * (1 - factor) + (brightness ?? 0))
  const end = offset + pixels.length
  if (saturation === null) finish(into, offset, end, factor / full, lift, scale)
  else finishSaturated(into, offset, end, factor / full, lift, saturation, scale)
}
