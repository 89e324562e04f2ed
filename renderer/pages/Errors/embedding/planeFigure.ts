import type { Hex } from '../../../../core/pictures/oklch.ts'
import { type Figure, fittedText, type Ink, type Shape } from '../../../charts/shapes.ts'
import { type PlaneView, type Points, type Size, toPicture } from './planeView.ts'

/** What is drawn of a plane. Every list but `rows` has an entry for each point. */
export interface PlanePicture {
  readonly points: Points
  readonly labels: readonly number[]
  readonly predicted: readonly number[]
  /** The points that are shown. */
  readonly rows: readonly number[]
  /** Of the classes. */
  readonly colours: readonly (Ink | Hex)[]
  /** The classes whose points stand out; null: all of them do. */
  readonly highlighted: ReadonlySet<number> | null
  readonly selected: ReadonlySet<number>
}

/** Pixels: of a right answer, of the ring of a wrong one and of the dot in it, of a chosen one. */
const radius = 3.2
const ringRadius = 4.6
const innerRadius = 2.2
const chosenRadius = 6.5
const faintRadius = 2.2

/** Whether a point stands out: its true class is among those highlighted, or its answer is. */
function standsOut({ highlighted, labels, predicted }: PlanePicture, row: number): boolean {
  return highlighted === null || highlighted.has(labels[row]) || highlighted.has(predicted[row])
}

/**
 * A right answer is a dot in the colour of its class. A wrong one is a ring in the colour of the true class around a dot
 * in that of the answer.
 */
function pointShapes(picture: PlanePicture, row: number, x: number, y: number): Shape[] {
  const { labels, predicted, colours, selected } = picture
  const [truth, answer] = [colours[labels[row]], colours[predicted[row]]]
  const circle = { kind: 'circle', x, y, fill: null, stroke: null, width: 0, alpha: 1 } as const
  const chosen: Shape[] = selected.has(row)
    ? [{ ...circle, radius: chosenRadius, stroke: 'text', width: 1.2, alpha: 0.8 } as const]
    : []
  const isRight = labels[row] === predicted[row]
  if (!standsOut(picture, row))
    return [
      ...chosen,
      isRight
        ? { ...circle, radius: faintRadius, fill: 'edge', alpha: 0.28 }
        : { ...circle, radius: radius, stroke: 'edge', width: 1, alpha: 0.4 },
    ]
  return [
    ...chosen,
    ...(isRight
      ? [{ ...circle, radius, fill: truth, stroke: 'panel', width: 0.6, alpha: 0.85 } as const]
      : [
          { ...circle, radius: ringRadius, fill: 'panel', stroke: truth, width: 1.8 } as const,
          { ...circle, radius: innerRadius, fill: answer } as const,
        ]),
  ]
}

/** The order in which points are drawn: faint ones first, then right answers, then wrong ones, chosen ones last. */
function rank(picture: PlanePicture, row: number): number {
  if (picture.selected.has(row)) return 3
  if (!standsOut(picture, row)) return 0
  return picture.labels[row] === picture.predicted[row] ? 1 : 2
}

/** The points in view. */
export function planeFigure(picture: PlanePicture, view: PlaneView, size: Size): Figure {
  const { points, rows } = picture
  const layers: Shape[][] = [[], [], [], []]
  for (const row of rows) {
    const { x, y } = toPicture(view, size, { x: points.x[row], y: points.y[row] })
    if (x < -chosenRadius || y < -chosenRadius || x > size.width + chosenRadius || y > size.height + chosenRadius)
      continue
    layers[rank(picture, row)].push(...pointShapes(picture, row, x, y))
  }
  return { ...size, shapes: layers.flat() }
}

/** A class in the legend of a saved picture. */
export interface LegendEntry {
  readonly name: string
  readonly colour: Ink | Hex
}

const legendWidth = 180
const legendRow = 20

/** The points with a legend at their right. */
export function savedFigure(
  picture: PlanePicture,
  view: (size: Size) => PlaneView,
  size: Size,
  legend: readonly LegendEntry[],
): Figure {
  const inside = { width: size.width - legendWidth, height: size.height }
  const text = { kind: 'text', size: 12, anchor: 'start', ink: 'text', turned: false } as const
  const rows = Math.min(legend.length, Math.floor(size.height / legendRow))
  return {
    ...size,
    shapes: [
      ...planeFigure(picture, view(inside), inside).shapes,
      ...legend.slice(0, rows).flatMap(({ name, colour }, place): Shape[] => {
        const y = legendRow * (place + 0.5)
        const x = inside.width + 14
        return [
          { kind: 'circle', x, y, radius: 5, fill: colour, stroke: null, width: 0, alpha: 1 },
          { ...text, x: x + 12, y, text: fittedText(name, 12, legendWidth - 30) },
        ]
      }),
    ],
  }
}
