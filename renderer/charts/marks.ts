import type { SeriesLook } from '../ui/seriesLook.ts'
import type { LineChart } from './canvas.ts'
import { nearestIndex, type Series } from './series.ts'

/** The point of one series nearest to the cursor, in chart pixels. */
export interface Mark {
  readonly key: string
  readonly label: string
  readonly look: SeriesLook
  readonly value: string
  readonly note: string
  readonly left: number
  readonly top: number
}

/** The area for the lines, in chart pixels. */
export type ChartArea = Readonly<Pick<LineChart['chartArea'], 'left' | 'right' | 'top' | 'bottom'>>

export interface Marks {
  /** Of the cursor. */
  readonly left: number
  readonly area: ChartArea
  readonly width: number
  readonly rows: readonly Mark[]
}

/** The readout at a position on the x axis. A series without points has no mark. */
export function marksAt(
  { scales, chartArea: area, width }: LineChart,
  series: readonly Series[],
  at: number,
  formatValue: (value: number) => string,
): Marks {
  const rows = series.flatMap(({ key, label, look, points, noteAt }) => {
    const index = nearestIndex(points.x, at)
    if (index === -1) return []
    const value = points.y[index]
    const left = scales.x.getPixelForValue(points.x[index])
    const top = scales.y.getPixelForValue(value)
    return [{ key, label, look, value: formatValue(value), note: noteAt(index), left, top }]
  })
  return { left: scales.x.getPixelForValue(at), area, width, rows }
}

/** Whether a mark lies in the area, or close enough to its edge to be visible. */
export function isInside({ left, top }: Mark, area: ChartArea): boolean {
  return left >= area.left - 1 && left <= area.right + 1 && top >= area.top - 4 && top <= area.bottom + 4
}
