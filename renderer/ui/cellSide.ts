/**
 * The size in pixels at which an image with this side is shown in a grid. It is a whole multiple near 72, so that all
 * pixels are equally large; large images are scaled down.
 */
export function cellSide(side: number): number {
  if (side > 108) return 96
  return side * Math.max(1, Math.round(72 / side))
}
