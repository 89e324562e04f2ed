import { dashes, type Marker } from '../ui/seriesLook.ts'
import { pixelCurve, type PixelCurve } from './pixelCurve.ts'
import { leftOf, type Plot, tickSize, topOf } from './plot.ts'
import type { Band, Columns, Series } from './series.ts'
import { type Figure, type Ink, seriesInk, type Shape } from './shapes.ts'

export interface LineLook {
  /** Key of the series that stands out, with the others faint; null: none does. */
  readonly lifted: string | null
  /** Faint lines need more ink on a dark ground. */
  readonly dark: boolean
}

/** More markers than this would hide the line, so then only the last one is drawn. */
const mostMarks = 60
/** Radius that makes the markers look equally large, in pixels. */
const radii: Record<Marker, number> = { ring: 4, diamond: 5, square: 3.6, triangle: 4.8 }
/** Size of the name of a level. */
const levelSize = 11
/** Pixels by which lines and markers may extend beyond the area. */
const overhang = 6
/** Opacity of the lines that do not stand out while another does. */
const besideLifted = 0.22

/** Opacity of the raw curve behind its smoothed one: lower where its strokes are dense. */
function rawAlpha(points: number, dark: boolean): number {
  if (dark) return points > 500 ? 0.34 : 0.5
  return points > 500 ? 0.2 : 0.36
}

/** Corners of the markers that are no rings, around their middle. */
const corners: Record<Exclude<Marker, 'ring'>, readonly (readonly [number, number])[]> = {
  diamond: [
    [0, -1],
    [1, 0],
    [0, 1],
    [-1, 0],
  ],
  square: [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ],
  triangle: [
    [0, -1],
    [0.9, 0.7],
    [-0.9, 0.7],
  ],
}

function marker(kind: Marker, x: number, y: number, ink: Ink, alpha: number): Shape {
  const radius = radii[kind]
  if (kind === 'ring') return { kind: 'circle', x, y, radius, fill: 'panel', stroke: ink, width: 2, alpha }
  const points = corners[kind].map(([right, down]) => [x + right * radius, y + down * radius] as const)
  return { kind: 'polygon', points, fill: 'panel', stroke: ink, width: 2, alpha }
}

/** The markers of a series, where its last point is the end of the curve. */
function markersOf({ look, points }: Series, plot: Plot, alpha: number): Shape[] {
  const count = points.x.length
  if (count === 0 || (look.marks === 'none' && count > 1)) return []
  const all = look.marks === 'all' && count <= mostMarks
  const shapes: Shape[] = []
  for (let index = all ? 0 : count - 1; index < count; index += 1) {
    const [x, y] = [leftOf(plot, points.x[index]), topOf(plot, points.y[index])]
    if (Number.isFinite(x) && Number.isFinite(y)) shapes.push(marker(look.marker, x, y, seriesInk(look.colour), alpha))
  }
  return shapes
}

/** The band as areas between its gaps. A bound that has no place on a logarithmic axis lies below it. */
function bandShapes({ x, low, high }: Band, plot: Plot, ink: Ink, alpha: number): Shape[] {
  const areas: Shape[] = []
  let upper: [number, number][] = []
  let lower: [number, number][] = []
  const close = (): void => {
    if (upper.length > 1)
      areas.push({ kind: 'polygon', points: [...upper, ...lower.reverse()], fill: ink, stroke: null, width: 0, alpha })
    upper = []
    lower = []
  }
  for (let index = 0; index < x.length; index += 1) {
    const [left, top, bottom] = [leftOf(plot, x[index]), topOf(plot, high[index]), topOf(plot, low[index])]
    if (Number.isFinite(left) && Number.isFinite(top)) {
      upper.push([left, top])
      lower.push([left, Number.isFinite(bottom) ? bottom : plot.area.bottom + overhang])
    } else close()
  }
  close()
  return areas
}

function curve({ x, y }: PixelCurve, ink: Ink, width: number, dash: readonly number[], alpha: number): Shape {
  return { kind: 'curve', x, y, ink, width, dash, alpha }
}

function behindShapes(series: Series, plot: Plot, { dark }: LineLook, alpha: number): Shape[] {
  const ink = seriesInk(series.look.colour)
  // Many lines over each other would hide the band.
  const crowd = Math.max(0.3, Math.min(1, 5 / (series.singles ?? []).length))
  const faint = (columns: Columns, share: number): Shape =>
    curve(pixelCurve(columns, plot), ink, 1, [], alpha * share * rawAlpha(columns.x.length, dark))
  return [
    ...(series.band === undefined ? [] : bandShapes(series.band, plot, ink, alpha * (dark ? 0.24 : 0.16))),
    ...(series.singles ?? []).map((single) => faint(single, crowd)),
    ...(series.raw === null ? [] : [faint(series.raw, 1)]),
  ]
}

function axesOf({ area, ticksX, ticksY }: Plot): Shape[] {
  const soft = { kind: 'text', size: tickSize, ink: 'text-soft', turned: false } as const
  return [
    ...ticksY.map(({ at }): Shape => ({
      kind: 'rect',
      x: area.left,
      // On whole pixels, so that it is sharp.
      y: Math.round(at),
      width: Math.round(area.right - area.left),
      height: 1,
      ink: 'grid-line',
      alpha: 1,
    })),
    ...ticksY.map(({ at, label }): Shape => ({ ...soft, x: area.left - 8, y: at, anchor: 'end', text: label })),
    ...ticksX.map(({ at, label }): Shape => ({ ...soft, x: at, y: area.bottom + 17, anchor: 'middle', text: label })),
  ]
}

/** Levels as dotted lines behind the curves, with their names at the end, above the line where there is room. */
function levelsOf({ area, levels }: Plot): Shape[] {
  return levels.flatMap(({ at, label }): Shape[] => [
    {
      kind: 'line',
      points: [
        [area.left, at],
        [area.right, at],
      ],
      ink: 'edge',
      width: 1,
      dash: [2, 4],
    },
    {
      kind: 'text',
      x: area.right,
      y: at - area.top < levelSize ? at + levelSize : at - levelSize + 3,
      text: label,
      size: levelSize,
      anchor: 'end',
      ink: 'text-soft',
      turned: false,
    },
  ])
}

/** A line chart as a figure: the same on the screen, in a file and on paper. */
export function lineFigure(series: readonly Series[], plot: Plot, look: LineLook): Figure {
  const { area, width, height } = plot
  const alphaOf = ({ key }: Series): number => (look.lifted === null || look.lifted === key ? 1 : besideLifted)
  // Series with few points are drawn on top, so that no line crosses their markers; the lifted one above all.
  const rank = ({ key, look: { marks } }: Series): number => (key === look.lifted ? 2 : marks === 'all' ? 1 : 0)
  const ordered = [...series].sort((a, b) => rank(a) - rank(b))
  const shapes = [
    ...ordered.flatMap((one) => behindShapes(one, plot, look, alphaOf(one))),
    ...ordered.flatMap((one) => [
      curve(
        pixelCurve(one.points, plot),
        seriesInk(one.look.colour),
        one.key === look.lifted ? 3 : 2,
        dashes[one.look.dash],
        alphaOf(one),
      ),
      ...markersOf(one, plot, alphaOf(one)),
    ]),
  ]
  return {
    width,
    height,
    shapes: [
      ...axesOf(plot),
      ...levelsOf(plot),
      {
        kind: 'window',
        x: area.left - overhang,
        y: area.top - overhang,
        width: area.right - area.left + 2 * overhang,
        height: area.bottom - area.top + 2 * overhang,
        shapes,
      },
    ],
  }
}
