import { RandomNumbers } from '../numbers/random.ts'
import type { LessonPicture } from './drawnPicture.ts'

/** What images are cut to. */
export interface Crop {
  /** Side of the square image, and of the square that is cut out of it, in pixels. */
  readonly side: number
  readonly cut: number
  readonly flip: boolean
}

/** How many different images a random crop, and a mirror image of each where `flip` is on, makes of one. */
export function viewsOfCrop({ side, cut, flip }: Crop): number {
  return (side - cut + 1) ** 2 * (flip ? 2 : 1)
}

/**
 * One of the views that a random crop makes of an image: its middle square of `side` pixels is cut at a place drawn
 * uniformly, and mirrored with probability one half where `flip` is on.
 */
export function viewOfImage(
  { pixels, height, width, channels }: LessonPicture,
  { side, cut, flip }: Crop,
  seed: number,
  view: number,
): LessonPicture {
  const random = new RandomNumbers(seed)
  const places = side - cut + 1
  const top = Math.floor((height - side) / 2) + random.below(places, 'lesson', 4000, 3 * view)
  const left = Math.floor((width - side) / 2) + random.below(places, 'lesson', 4000, 3 * view + 1)
  const mirrored = flip && random.below(2, 'lesson', 4000, 3 * view + 2) === 1
  const taken = Uint8Array.from({ length: cut * cut * channels }, (_, index) => {
    const [row, column] = [Math.floor(index / channels / cut), Math.floor(index / channels) % cut]
    const x = left + (mirrored ? cut - 1 - column : column)
    return pixels[((top + row) * width + x) * channels + (index % channels)]
  })
  return { height: cut, width: cut, channels, pixels: taken }
}
