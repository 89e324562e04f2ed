import type { Figure, Shape } from '../../charts/shapes.ts'
import type { ParallelAxis } from './parallelFigure.ts'

const left = 70
const right = 20
const top = 12
const below = 44

/** A result against a setting: a ring a trial, the best one filled. Places are 0 to 1. */
export function scatterFigure(
  across: ParallelAxis,
  up: ParallelAxis,
  points: readonly { readonly x: number; readonly y: number; readonly isBest: boolean }[],
  { width, height }: { readonly width: number; readonly height: number },
): Figure {
  const inset = 14
  const x = (place: number): number => left + inset + place * (width - left - right - 2 * inset)
  const y = (place: number): number => height - below - inset - place * (height - below - top - 2 * inset)
  const soft = { kind: 'text', size: 12, ink: 'text-soft', turned: false } as const
  const level = (at: number): number => Math.round(y(at)) + 0.5
  const shapes: Shape[] = [
    ...up.ticks.flatMap(({ at, text }): Shape[] => [
      {
        kind: 'line',
        points: [
          [left, level(at)],
          [width - right, level(at)],
        ],
        ink: 'grid-line',
        width: 1,
        dash: [],
      },
      { ...soft, x: left - 8, y: y(at), anchor: 'end', text },
    ]),
    ...across.ticks.map(({ at, text }): Shape => ({
      ...soft,
      x: x(at),
      y: height - below + 12,
      anchor: 'middle',
      text,
    })),
    { ...soft, x: (left + width - right) / 2, y: height - 10, anchor: 'middle', text: across.name },
    { ...soft, x: 10, y: (top + height - below) / 2, anchor: 'middle', text: up.name, turned: true },
    ...points.map((point): Shape => ({
      kind: 'circle',
      x: x(point.x),
      y: y(point.y),
      radius: point.isBest ? 6 : 4.5,
      fill: point.isBest ? 'series-2' : null,
      stroke: point.isBest ? 'series-2' : 'series-1',
      width: 2,
      alpha: 1,
    })),
  ]
  return { width, height, shapes }
}
