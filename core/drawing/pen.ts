import type { Point, Stroke } from './outlines.ts'

/** Half the width of the edge over which ink fades, in pixels. */
const softEdge = 0.5

function distanceToLine([x, y]: Point, [x1, y1]: Point, [x2, y2]: Point): number {
  const [dx, dy] = [x2 - x1, y2 - y1]
  const length = dx * dx + dy * dy
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / length))
  return Math.hypot(x - x1 - along * dx, y - y1 - along * dy)
}

/**
 * Draws a stroke with a round pen: each pixel becomes at least the ink's brightness times the share of it that the pen
 * covers.
 * @param image [side, side], brightness from 0 to 1.
 * @param stroke in pixels; pixel (0, 0) reaches from 0 to 1.
 * @param radius of the pen, in pixels.
 * @param ink brightness from 0 to 1.
 */
export function drawStroke(
  image: Float64Array,
  side: number,
  stroke: Stroke,
  { radius, ink }: { readonly radius: number; readonly ink: number },
): void {
  for (let row = 0; row < side; row += 1) {
    for (let column = 0; column < side; column += 1) {
      const centre: Point = [column + 0.5, row + 0.5]
      let nearest = Infinity
      for (let end = 1; end < stroke.length; end += 1)
        nearest = Math.min(nearest, distanceToLine(centre, stroke[end - 1], stroke[end]))
      const covered = Math.min(1, Math.max(0, (radius + softEdge - nearest) / (2 * softEdge)))
      const place = row * side + column
      image[place] = Math.max(image[place], covered * ink)
    }
  }
}
