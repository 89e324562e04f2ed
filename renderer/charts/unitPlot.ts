import type { Shape } from './shapes.ts'

/** The part of all shares that a plot shows, the same on both axes. */
export interface ShareRange {
  readonly low: number
  readonly high: number
}

/** A plot of shares over shares, in pixels. */
export interface UnitPlot {
  readonly x: (share: number) => number
  readonly y: (share: number) => number
  /** Grid, ticks and titles. */
  readonly axes: readonly Shape[]
  /** Where both shares are the same. */
  readonly diagonal: Shape
}

const left = 62
const right = 24
const top = 10
const below = 42
const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1]
const whole: ShareRange = { low: 0, high: 1 }

/**
 * @param percent Writes a share without decimals.
 * @param shown A part of it whose fifths are whole percents; left out: all of it.
 */
export function unitPlot(
  { width, height }: { readonly width: number; readonly height: number },
  titles: { readonly x: string; readonly y: string },
  percent: (share: number) => string,
  { low, high }: ShareRange = whole,
): UnitPlot {
  const along = (share: number): number => (share - low) / (high - low)
  const x = (share: number): number => left + along(share) * (width - left - right)
  const y = (share: number): number => height - below - along(share) * (height - below - top)
  const soft = { kind: 'text', size: 12, ink: 'text-soft', turned: false } as const
  const marked = ticks.map((tick) => low + tick * (high - low))
  const axes = marked.flatMap((tick): Shape[] => [
    {
      kind: 'line',
      points: [
        [x(low), Math.round(y(tick)) + 0.5],
        [x(high), Math.round(y(tick)) + 0.5],
      ],
      ink: 'grid-line',
      width: 1,
      dash: [],
    },
    { ...soft, x: x(low) - 8, y: y(tick), anchor: 'end', text: percent(tick) },
    { ...soft, x: x(tick), y: y(low) + 14, anchor: 'middle', text: percent(tick) },
  ])
  return {
    x,
    y,
    axes: [
      ...axes,
      { ...soft, x: (x(low) + x(high)) / 2, y: height - 8, anchor: 'middle', text: titles.x },
      { ...soft, x: 10, y: (y(low) + y(high)) / 2, anchor: 'middle', text: titles.y, turned: true },
    ],
    diagonal: {
      kind: 'line',
      points: [
        [x(low), y(low)],
        [x(high), y(high)],
      ],
      ink: 'text',
      width: 1.5,
      dash: [5, 4],
    },
  }
}
