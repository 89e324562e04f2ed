import type { Shape } from '../../charts/shapes.ts'

/** A plot of shares over shares, both from 0 to 1, in pixels. */
export interface UnitPlot {
  readonly x: (share: number) => number
  readonly y: (share: number) => number
  /** Grid, ticks and titles. */
  readonly axes: readonly Shape[]
}

const left = 62
const right = 24
const top = 10
const below = 42
const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1]

/** @param percent Writes a share without decimals. */
export function unitPlot(
  { width, height }: { readonly width: number; readonly height: number },
  titles: { readonly x: string; readonly y: string },
  percent: (share: number) => string,
): UnitPlot {
  const x = (share: number): number => left + share * (width - left - right)
  const y = (share: number): number => height - below - share * (height - below - top)
  const soft = { kind: 'text', size: 12, ink: 'text-soft', turned: false } as const
  const axes = ticks.flatMap((tick): Shape[] => [
    {
      kind: 'line',
      points: [
        [x(0), Math.round(y(tick)) + 0.5],
        [x(1), Math.round(y(tick)) + 0.5],
      ],
      ink: 'grid-line',
      width: 1,
      dash: [],
    },
    { ...soft, x: x(0) - 8, y: y(tick), anchor: 'end', text: percent(tick) },
    { ...soft, x: x(tick), y: y(0) + 14, anchor: 'middle', text: percent(tick) },
  ])
  return {
    x,
    y,
    axes: [
      ...axes,
      { ...soft, x: (x(0) + x(1)) / 2, y: height - 8, anchor: 'middle', text: titles.x },
      { ...soft, x: 10, y: (y(0) + y(1)) / 2, anchor: 'middle', text: titles.y, turned: true },
    ],
  }
}
