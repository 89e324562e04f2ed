import type { CurvePoints } from '../charts/curvePoints.ts'

function sliced(points: CurvePoints, from: number, to?: number): CurvePoints {
  const cut = (column: readonly number[]): readonly number[] => column.slice(from, to)
  return {
    step: cut(points.step),
    seconds: cut(points.seconds),
    min: cut(points.min),
    max: cut(points.max),
    mean: cut(points.mean),
  }
}

/** The full curve, with the coarse points of one range replaced by detailed ones. */
export function withDetail(whole: CurvePoints, detail: CurvePoints): CurvePoints {
  const first = detail.step.at(0)
  const last = detail.step.at(-1)
  if (first === undefined || last === undefined) return whole
  const from = whole.step.findIndex((step) => step >= first)
  if (from === -1) return whole
  const after = whole.step.findIndex((step) => step > last)
  const head = sliced(whole, 0, from)
  const tail = after === -1 ? sliced(whole, whole.step.length) : sliced(whole, after)
  const joined = (column: (points: CurvePoints) => readonly number[]): number[] => [
    ...column(head),
    ...column(detail),
    ...column(tail),
  ]
  return {
    step: joined((points) => points.step),
    seconds: joined((points) => points.seconds),
    min: joined((points) => points.min),
    max: joined((points) => points.max),
    mean: joined((points) => points.mean),
  }
}
