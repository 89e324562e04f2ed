import type { CutoutPlace } from '../../../core/run/distortion.ts'
import type { CropSize } from './crop.ts'

/**
 * Sets a square of `side` pixels to 0 in an image `[height, width, channels]` that begins at `offset`. The square
 * starts floor(side / 2) rows above and columns left of its centre, and is clipped to the image.
 */
export function cutOut(
  image: Float32Array,
  offset: number,
  { height, width }: CropSize,
  channels: number,
  side: number,
  middle: CutoutPlace,
): void {
  const half = Math.floor(side / 2)
  const left = Math.max(0, middle.x - half)
  const right = Math.min(width, middle.x - half + side)
  for (let y = Math.max(0, middle.y - half); y < Math.min(height, middle.y - half + side); y += 1) {
    const row = offset + y * width * channels
    image.fill(0, row + left * channels, row + right * channels)
  }
}
