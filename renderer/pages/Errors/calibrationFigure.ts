import type { CalibrationBin } from '../../../core/errors/errorsReport.ts'
import type { Figure, Shape } from '../../charts/shapes.ts'
import { unitPlot } from '../../charts/unitPlot.ts'

const countsHeight = 56
const gap = 10

/**
 * The calibration curve: how often answers of each probability are right, against the diagonal on which they would be;
 * below it, how many answers there are of each.
 * @param pointed Index of the bin that is pointed at.
 */
export function calibrationFigure(
  bins: readonly CalibrationBin[],
  pointed: number | null,
  size: { readonly width: number; readonly height: number },
  titles: { readonly x: string; readonly y: string; readonly counts: string },
  percent: (share: number) => string,
): Figure {
  const height = size.height - countsHeight - gap
  const plot = unitPlot({ width: size.width, height }, titles, percent)
  const most = Math.max(1, ...bins.map(({ images }) => images))
  const bars = bins.flatMap(({ low, high, images, accuracy }, index): Shape[] => {
    const from = Math.round(plot.x(low)) + 1
    const width = Math.max(1, Math.round(plot.x(high)) - from)
    const strength = index === pointed ? 0.9 : 0.55
    const counted = (images / most) * countsHeight
    return [
      ...(accuracy === null
        ? []
        : [
            {
              kind: 'rect' as const,
              x: from,
              y: plot.y(accuracy),
              width,
              height: Math.max(1, plot.y(0) - plot.y(accuracy)),
              ink: 'series-1' as const,
              alpha: strength,
            },
          ]),
      ...(images === 0
        ? []
        : [
            {
              kind: 'rect' as const,
              x: from,
              y: size.height - Math.max(1, counted),
              width,
              height: Math.max(1, counted),
              ink: 'edge' as const,
              alpha: strength,
            },
          ]),
    ]
  })
  return {
    ...size,
    shapes: [
      ...plot.axes,
      ...bars,
      plot.diagonal,
      {
        kind: 'text',
        x: 10,
        y: size.height - countsHeight / 2,
        text: titles.counts,
        size: 12,
        anchor: 'middle',
        ink: 'text-soft',
        turned: true,
      },
    ],
  }
}

/** The bin under a point at this share of the picture's width. */
export function binAt(x: number, width: number, bins: number): number {
  const plot = unitPlot({ width, height: 100 }, { x: '', y: '' }, String)
  const share = (x - plot.x(0)) / (plot.x(1) - plot.x(0))
  return Math.min(bins - 1, Math.max(0, Math.floor(share * bins)))
}
