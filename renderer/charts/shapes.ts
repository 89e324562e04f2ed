import type { Hex } from '../../core/pictures/oklch.ts'
import type { SeriesColour } from '../ui/seriesLook.ts'

/** The colours of a figure, by the names of their tokens. */
export const inks = [
  'panel',
  'line',
  'edge',
  'grid-line',
  'text',
  'text-soft',
  'accent',
  'danger',
  'series-0',
  'series-1',
  'series-2',
  'series-3',
  'series-4',
  'series-5',
  'series-6',
] as const
export type Ink = (typeof inks)[number]

/** The ink of a series colour. */
export function seriesInk(colour: SeriesColour): Ink {
  return `series-${colour}`
}

/** The inks as plain colours. */
export type Inks = Readonly<Record<Ink, string>>

/** The plain colour of an ink, or of what has no token. */
export function plainColour(colour: Ink | Hex, inks: Inks): string {
  return isInk(colour) ? inks[colour] : colour
}

function isInk(colour: Ink | Hex): colour is Ink {
  return !colour.startsWith('#')
}

/** A part of a figure; extents in pixels. */
export type Shape =
  | {
      readonly kind: 'rect'
      readonly x: number
      readonly y: number
      readonly width: number
      readonly height: number
      readonly ink: Ink
      /** Opacity, 0 to 1. */
      readonly alpha: number
    }
  | {
      readonly kind: 'line'
      readonly points: readonly (readonly [x: number, y: number])[]
      readonly ink: Ink
      readonly width: number
      /** Lengths of line and gap. */
      readonly dash: readonly number[]
    }
  | {
      /** A line through many points; where a y is not finite, it has a gap. */
      readonly kind: 'curve'
      readonly x: Float64Array
      readonly y: Float64Array
      readonly ink: Ink
      readonly width: number
      /** Lengths of line and gap. */
      readonly dash: readonly number[]
      /** Opacity, 0 to 1. */
      readonly alpha: number
    }
  | {
      readonly kind: 'polygon'
      readonly points: readonly (readonly [x: number, y: number])[]
      readonly fill: Ink
      readonly stroke: Ink | null
      readonly width: number
      /** Opacity, 0 to 1. */
      readonly alpha: number
    }
  | {
      /** Shapes of which only what lies in a rectangle is seen. */
      readonly kind: 'window'
      readonly x: number
      readonly y: number
      readonly width: number
      readonly height: number
      readonly shapes: readonly Shape[]
    }
  | {
      readonly kind: 'circle'
      /** Of its middle. */
      readonly x: number
      readonly y: number
      readonly radius: number
      readonly fill: Ink | Hex | null
      readonly stroke: Ink | Hex | null
      /** Of the stroke, half of it inside. */
      readonly width: number
      /** Opacity, 0 to 1. */
      readonly alpha: number
    }
  | {
      readonly kind: 'text'
      readonly x: number
      /** The middle of the line. */
      readonly y: number
      readonly text: string
      readonly size: number
      readonly anchor: 'start' | 'middle' | 'end'
      readonly ink: Ink
      /** Whether it reads from bottom to top. */
      readonly turned: boolean
    }

/** A drawing that is the same on a canvas and in a file. */
export interface Figure {
  readonly width: number
  readonly height: number
  readonly shapes: readonly Shape[]
}

/** The typeface of figures, with the signs of mathematics. */
export const figureFont = "'Inter Variable', 'Noto Sans Math', system-ui, sans-serif"

/** About how wide a text of this size is. */
export function textWidth(text: string, size: number): number {
  return text.length * size * 0.6
}

/** A text cut off where it would be wider. */
export function fittedText(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text
  return `${text.slice(0, Math.max(1, Math.floor(width / (size * 0.6)) - 1)).trimEnd()}…`
}

/** A shape moved down by some pixels. */
export function shifted(shape: Shape, down: number): Shape {
  switch (shape.kind) {
    case 'line':
    case 'polygon':
      return { ...shape, points: shape.points.map(([x, y]) => [x, y + down] as const) }
    case 'curve':
      return { ...shape, y: shape.y.map((y) => y + down) }
    case 'window':
      return { ...shape, y: shape.y + down, shapes: shape.shapes.map((inner) => shifted(inner, down)) }
    default:
      return { ...shape, y: shape.y + down }
  }
}

const titleHeight = 30
const margin = 8

/** A figure as it stands in a file: on a ground, under its title. */
export function titled({ width, height, shapes }: Figure, title: string): Figure {
  const whole = { width: Math.max(width, textWidth(title, 15)) + margin, height: height + titleHeight + margin }
  return {
    ...whole,
    shapes: [
      { kind: 'rect', x: 0, y: 0, ...whole, ink: 'panel', alpha: 1 },
      { kind: 'text', x: margin, y: 16, text: title, size: 15, anchor: 'start', ink: 'text', turned: false },
      ...shapes.map((shape) => shifted(shape, titleHeight)),
    ],
  }
}
