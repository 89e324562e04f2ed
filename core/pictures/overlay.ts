import { colourIndex, colourTables, type ColourScale } from './colourMap.ts'
import type { Picture } from './mapGrid.ts'

/** The largest share of its colour that a value has over the picture. */
const strongest = 0.75

/** Values that are laid over a picture, row by row. */
export interface OverlaidValues {
  readonly height: number
  readonly width: number
  readonly values: ArrayLike<number | null>
}

/** Luma of a colour (ITU-R BT.601). */
function greyOf(pixels: Uint8Array, pixel: number): number {
  return 0.299 * pixels[pixel] + 0.587 * pixels[pixel + 1] + 0.114 * pixels[pixel + 2]
}

/**
 * A picture in grey with values over it in the colours of `seismic`: nothing of them in the middle of the scale, and the
 * more the farther from it. Each value covers the pixels that its cell has when the values are stretched over the
 * picture, without smoothing; where it is null, the picture stays grey.
 */
export function overlaid({ height, width, pixels }: Picture, over: OverlaidValues, scale: ColourScale): Picture {
  const drawn = new Uint8Array(pixels.length)
  const middle = (scale.low + scale.high) / 2
  const reach = (scale.high - scale.low) / 2
  for (let row = 0; row < height; row += 1) {
    const first = Math.floor((row * over.height) / height) * over.width
    for (let column = 0; column < width; column += 1) {
      const pixel = 4 * (row * width + column)
      const value = over.values[first + Math.floor((column * over.width) / width)]
      const share = value === null ? 0 : strongest * Math.min(1, Math.abs(value - middle) / reach)
      const colour = 3 * colourIndex(value ?? middle, scale)
      for (let channel = 0; channel < 3; channel += 1) {
        const grey = greyOf(pixels, pixel)
        drawn[pixel + channel] = Math.round(grey + share * (colourTables.seismic[colour + channel] - grey))
      }
      drawn[pixel + 3] = pixels[pixel + 3]
    }
  }
  return { height, width, pixels: drawn }
}
