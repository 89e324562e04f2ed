import type { CurvePoints } from './curvePoints.ts'
import type { Columns } from './series.ts'

/** A curve unsmoothed: where a point stands for several steps, a stroke from the least to the largest of them. */
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
