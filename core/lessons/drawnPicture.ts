/** An image of uint8 pixels `[height, width, channels]`, row by row with channels innermost. */
export interface LessonPicture {
  readonly height: number
  readonly width: number
  readonly channels: 1 | 3
  readonly pixels: Uint8Array
}

const side = 28
const [middle, radius, stroke] = [13.5, 8.5, 1.8]

/** How much of a pixel is covered by a stroke whose middle is so far away, in pixels. */
function covered(distance: number): number {
  return Math.min(1, Math.max(0, stroke + 0.5 - distance))
}

/** A grey picture for lessons where no data set is at hand: a bright ring with an upright line through it, on black. */
export function drawnPicture(): LessonPicture {
  const pixels = Uint8Array.from({ length: side * side }, (_, index) => {
    const [y, x] = [Math.floor(index / side) - middle, (index % side) - middle]
    const ring = Math.abs(Math.hypot(y, x) - radius)
    const line = Math.abs(y) > radius ? side : Math.abs(x)
    return Math.round(255 * Math.max(covered(ring), covered(line)))
  })
  return { height: side, width: side, channels: 1, pixels }
}

/**
 * One channel of a picture as a lesson takes it: cut to its middle where it is large, and scaled to 0 to 1.
 * @returns shape `[height, width, 1]`.
 */
export function channelOf(picture: LessonPicture, channel: number, largest: number) {
  const [height, width] = [Math.min(largest, picture.height), Math.min(largest, picture.width)]
  const [top, left] = [Math.floor((picture.height - height) / 2), Math.floor((picture.width - width) / 2)]
  const values = Float64Array.from({ length: height * width }, (_, index) => {
    const [y, x] = [top + Math.floor(index / width), left + (index % width)]
    return picture.pixels[(y * picture.width + x) * picture.channels + channel] / 255
  })
  return { shape: [height, width, 1] as const, values }
}
