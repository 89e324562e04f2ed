import type { CurvePoints } from './curvePoints.ts'
import type { Columns } from './series.ts'

/** The unsmoothed curve. Where a point summarizes several steps, a stroke runs from their minimum to their maximum. */
export function rawColumns(points: CurvePoints, at: readonly number[]): Columns {
  const x: number[] = []
  const y: number[] = []
  at.forEach((place, index) => {
    x.push(place)
    y.push(points.min[index])
    if (points.max[index] > points.min[index]) {
      x.push(place)
      y.push(points.max[index])
    }
  })
  return { x, y }
}
