import type { ThresholdPoint } from '../../../core/errors/errorsReport.ts'
import { type Figure, type Shape, shifted } from '../../charts/shapes.ts'
import { unitPlot } from '../../charts/unitPlot.ts'

const legendHeight = 24

/** Accuracy and coverage against the probability from which on answers count. */
export function thresholdFigure(
  points: readonly ThresholdPoint[],
  threshold: number,
  size: { readonly width: number; readonly height: number },
  titles: { readonly x: string; readonly y: string; readonly accuracy: string; readonly coverage: string },
  percent: (share: number) => string,
): Figure {
  const plot = unitPlot({ width: size.width, height: size.height - legendHeight }, titles, percent)
  const down = (shape: Shape): Shape => shifted(shape, legendHeight)
  const accuracy = points.flatMap((point) =>
    point.accuracy === null ? [] : [[plot.x(point.threshold), plot.y(point.accuracy)] as const],
  )
  const coverage = points.map((point) => [plot.x(point.threshold), plot.y(point.coverage)] as const)
  const legend = (x: number, text: string, ink: 'series-1' | 'series-2', dash: readonly number[]): Shape[] => [
    {
      kind: 'line',
      points: [
        [x, 9],
        [x + 24, 9],
      ],
      ink,
      width: 2,
      dash,
    },
    { kind: 'text', x: x + 30, y: 9, text, size: 12, anchor: 'start', ink: 'text-soft', turned: false },
  ]
  return {
    ...size,
    shapes: [
      ...legend(plot.x(0), titles.accuracy, 'series-1', []),
      ...legend((plot.x(0) + plot.x(1)) / 2, titles.coverage, 'series-2', [6, 4]),
      ...plot.axes.map(down),
      down({ kind: 'line', points: accuracy, ink: 'series-1', width: 2, dash: [] }),
      down({ kind: 'line', points: coverage, ink: 'series-2', width: 2, dash: [6, 4] }),
      down({
        kind: 'line',
        points: [
          [plot.x(threshold), plot.y(0)],
          [plot.x(threshold), plot.y(1)],
        ],
        ink: 'accent',
        width: 1.5,
        dash: [],
      }),
    ],
  }
}
