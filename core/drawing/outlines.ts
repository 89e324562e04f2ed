/** A point of the plane, x to the right and y down. An outline lies within -1 to 1. */
export type Point = readonly [x: number, y: number]

/** A stroke of a pen: the points that it passes, joined by straight lines. */
export type Stroke = readonly Point[]

/** The points at equal angles on a circle, from the top clockwise; the last one is the first again. */
function corners(count: number, radiusOf: (corner: number) => number = () => 1): Stroke {
  return Array.from({ length: count + 1 }, (_, corner): Point => {
    const angle = (2 * Math.PI * corner) / count
    const radius = radiusOf(corner)
    return [radius * Math.sin(angle), -radius * Math.cos(angle)]
  })
}

/** Straight lines of which a curve is made. */
const curveParts = 24

/** The turns of the spiral. */
const spiralTurns = 1.75

const spiral: Stroke = Array.from({ length: 2 * curveParts + 1 }, (_, part): Point => {
  const share = part / (2 * curveParts)
  const angle = 2 * Math.PI * spiralTurns * share
  const radius = 0.12 + 0.88 * share
  return [radius * Math.sin(angle), -radius * Math.cos(angle)]
})

/** The shapes that are drawn, in the order of their labels, each as the strokes of its outline. */
export const outlines: readonly {
  readonly name: string
  readonly nameRu: string
  readonly strokes: readonly Stroke[]
}[] = [
  { name: 'circle', nameRu: 'круг', strokes: [corners(curveParts)] },
  { name: 'triangle', nameRu: 'треугольник', strokes: [corners(3)] },
  { name: 'square', nameRu: 'квадрат', strokes: [corners(4).map(([x, y]): Point => [(x + y) * 0.8, (y - x) * 0.8])] },
  {
    name: 'cross',
    nameRu: 'крест',
    strokes: [
      [
        [-1, 0],
        [1, 0],
      ],
      [
        [0, -1],
        [0, 1],
      ],
    ],
  },
  { name: 'star', nameRu: 'звезда', strokes: [corners(10, (corner) => (corner % 2 === 0 ? 1 : 0.42))] },
  { name: 'spiral', nameRu: 'спираль', strokes: [spiral] },
]
