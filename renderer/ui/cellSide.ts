/**
 * Pixels at which an image of this side is shown in a grid: a whole multiple of it near 72, so that every pixel has one
 * size; a large one is made smaller.
 */
export function cellSide(side: number): number {
  if (side > 108) return 96
  return side * Math.max(1, Math.round(72 / side))
}
