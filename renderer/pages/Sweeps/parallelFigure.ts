import type { Figure, Shape } from '../../charts/shapes.ts'
import { fittedText, textWidth } from '../../charts/shapes.ts'

/** An axis of parallel coordinates. */
export interface ParallelAxis {
  readonly name: string
  readonly ticks: readonly { readonly at: number; readonly text: string }[]
}

/** A trial as a line: its places on the axes, 0 below to 1 above. */
export interface ParallelLine {
  readonly places: readonly number[]
  /** `best`: the best of all; `kept`: within the brushes; `faint`: outside of them. */
  readonly look: 'best' | 'kept' | 'faint'
  /** 0 for the worst result to 1 for the best. */
  readonly rank: number
}

const top = 34
const below = 14
/** Room for the labels of the first and the last axis. */
const beside = 72

/** Where the axes of a figure stand, in pixels. */
export function axisPlaces(count: number, width: number): number[] {
  const room = width - 2 * beside
  return Array.from({ length: count }, (_, index) => beside + (count === 1 ? room / 2 : (index * room) / (count - 1)))
}

/** Upper and lower end of the axes, in pixels. */
export function axisEnds(height: number): { readonly top: number; readonly bottom: number } {
  return { top, bottom: height - below }
}

/** What lies under a label of an inner axis, so that no line crosses it. */
function plate(right: number, middle: number, text: string): Shape {
  const width = textWidth(text, 12) + 8
  return { kind: 'rect', x: right + 4 - width, y: middle - 9, width, height: 18, ink: 'panel', alpha: 1 }
}

/**
 * Parallel coordinates: an axis a setting, the result last, a line a trial. Better results are drawn darker, and over
 * the others.
 */
export function parallelFigure(
  axes: readonly ParallelAxis[],
  lines: readonly ParallelLine[],
  { width, height }: { readonly width: number; readonly height: number },
): Figure {
  const x = axisPlaces(axes.length, width)
  const ends = axisEnds(height)
  const y = (place: number): number => ends.bottom - place * (ends.bottom - ends.top)
  const gap = axes.length < 2 ? width : x[1] - x[0]
  const order = { faint: 0, kept: 1, best: 2 }
  const drawn = [...lines]
    .sort((one, other) => order[one.look] - order[other.look] || one.rank - other.rank)
    .map(({ places, look, rank }): Shape => ({
      kind: 'curve',
      x: Float64Array.from(x),
      y: Float64Array.from(places, y),
      ink: look === 'faint' ? 'edge' : look === 'best' ? 'series-2' : 'series-1',
      width: look === 'best' ? 3 : 1.6,
      dash: [],
      alpha: look === 'faint' ? 0.18 : look === 'best' ? 1 : 0.2 + 0.7 * rank,
    }))
  const label = { kind: 'text', size: 12, turned: false } as const
  return {
    width,
    height,
    shapes: [
      ...drawn,
      ...axes.flatMap(({ name, ticks }, index): Shape[] => [
        {
          kind: 'line',
          points: [
            [Math.round(x[index]) + 0.5, ends.top],
            [Math.round(x[index]) + 0.5, ends.bottom],
          ],
          ink: 'edge',
          width: 1,
          dash: [],
        },
        { ...label, x: x[index], y: 12, anchor: 'middle', ink: 'text', text: fittedText(name, 12, gap - 8) },
        ...ticks.flatMap(({ at, text }): Shape[] => {
          const isOuter = index === 0 || index === axes.length - 1
          const shown = fittedText(text, 12, isOuter ? beside - 14 : gap - 28)
          const tick: Shape = {
            ...label,
            x: x[index] + (index === axes.length - 1 ? 14 : -14),
            y: y(at),
            anchor: index === axes.length - 1 ? 'start' : 'end',
            ink: 'text-soft',
            text: shown,
          }
          return isOuter ? [tick] : [plate(x[index] - 14, y(at), shown), tick]
        }),
      ]),
    ],
  }
}
