import type { ExpectedPoint } from '../../../core/expectations/fit.ts'
import type { Figure, Shape } from '../../charts/shapes.ts'
import { type ShareRange, unitPlot } from '../../charts/unitPlot.ts'

interface Size {
  readonly width: number
  readonly height: number
}

/** Widths that a plot can have, in fifths of which are whole percents. */
const spans = [10, 20, 50, 100]

/** The smallest part of all shares that shows all points, with a little room around them. */
function shownRange(points: readonly ExpectedPoint[]): ShareRange {
  const percents = points.flatMap(({ expected, reached }) => [expected * 100, reached * 100])
  const least = Math.max(0, Math.min(...percents) - 1)
  const most = Math.min(100, Math.max(...percents) + 1)
  for (const span of spans) {
    const step = span / 5
    const low = Math.min(100 - span, Math.floor(least / step) * step)
    if (low + span >= most) return { low: low / 100, high: (low + span) / 100 }
  }
  return { low: 0, high: 1 }
}

/**
 * Reached accuracies over expected ones: a ring a run, against the diagonal on which expectation and result are the same.
 * @param points At least one.
 * @param pointed Place of the point that is pointed at; null: none.
 */
export function expectationFigure(
  points: readonly ExpectedPoint[],
  pointed: number | null,
  size: Size,
  titles: { readonly x: string; readonly y: string },
  percent: (share: number) => string,
): Figure {
  const { x, y, axes, diagonal } = unitPlot(size, titles, percent, shownRange(points))
  const rings = points.map(({ expected, reached }, place): Shape => ({
    kind: 'circle',
    x: x(expected),
    y: y(reached),
    radius: place === pointed ? 7 : 5,
    fill: place === pointed ? 'series-1' : null,
    stroke: 'series-1',
    width: 2,
    alpha: 1,
  }))
  return { ...size, shapes: [...axes, diagonal, ...rings] }
}

/** The place of the point nearest to a place of the figure, if it is near; otherwise null. */
export function pointAt(
  points: readonly ExpectedPoint[],
  size: Size,
  at: { readonly x: number; readonly y: number },
): number | null {
  const { x, y } = unitPlot(size, { x: '', y: '' }, String, shownRange(points))
  const distances = points.map(({ expected, reached }) => Math.hypot(x(expected) - at.x, y(reached) - at.y))
  const least = Math.min(...distances)
  return least <= 16 ? distances.indexOf(least) : null
}
