import { leftOf, type Plot, topOf } from './plot.ts'
import type { Columns } from './series.ts'

/** A curve in pixels of the chart, with x ascending; where y is not finite, it has a gap. */
export interface PixelCurve {
  readonly x: Float64Array
  readonly y: Float64Array
}

/** From how many points a pixel on those that would be drawn over each other are left out. */
const dense = 4

/** The points that belong to the plot: those in its x range, and one before and after. */
function inPlot({ x }: Columns, { x: { min, max } }: Plot): { from: number; to: number } {
  let from = 0
  let to = x.length
  while (from + 1 < to && x[from + 1] < min) from += 1
  while (to - 1 > from && x[to - 2] > max) to -= 1
  return { from, to }
}

/** Of the points in one column of pixels: the first, the lowest, the highest and the last, in their order. */
function thinnedColumn(y: Float64Array, from: number, to: number): number[] {
  let [low, high] = [from, from]
  for (let index = from; index < to; index += 1) {
    // A gap stays a gap.
    if (!Number.isFinite(y[index])) return [from, index, to - 1]
    if (y[index] > y[low]) low = index
    if (y[index] < y[high]) high = index
  }
  return [...new Set([from, Math.min(low, high), Math.max(low, high), to - 1])]
}

function thinned({ x, y }: PixelCurve): PixelCurve {
  const kept: number[] = []
  let from = 0
  for (let index = 1; index <= x.length; index += 1) {
    if (index < x.length && Math.floor(x[index]) === Math.floor(x[from])) continue
    kept.push(...thinnedColumn(y, from, index))
    from = index
  }
  return { x: Float64Array.from(kept, (index) => x[index]), y: Float64Array.from(kept, (index) => y[index]) }
}

/** A line as the plot shows it, with no more points than its pixels can tell apart. */
export function pixelCurve(columns: Columns, plot: Plot): PixelCurve {
  const { from, to } = inPlot(columns, plot)
  const x = new Float64Array(to - from)
  const y = new Float64Array(to - from)
  for (let index = from; index < to; index += 1) {
    const left = leftOf(plot, columns.x[index])
    x[index - from] = left
    // What has no place on the x axis is left out as what has none on the y axis.
    y[index - from] = Number.isFinite(left) ? topOf(plot, columns.y[index]) : NaN
  }
  return x.length > dense * (plot.area.right - plot.area.left) ? thinned({ x, y }) : { x, y }
}
