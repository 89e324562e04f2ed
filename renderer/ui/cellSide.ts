/** How many times as large as usual the images of a grid are shown. */
export type Enlargement = 1 | 2 | 3

/**
 * The size in pixels at which an image with this side is shown in a grid. It is a whole multiple near 72, or twice or
 * three times that, so that all pixels are equally large; large images are scaled down.
 */
export function cellSide(side: number, times: Enlargement = 1): number {
  if (side > 108) return 96 * times
  return side * Math.max(1, Math.round(72 / side)) * times
}
