import type { CorrelationMatrices, MatrixRows } from '../../../../core/layers/transforms/correlationMatrices.ts'

function times(rows: MatrixRows, vector: ArrayLike<number>): number[] {
  return rows.map((row) => row.reduce((sum, entry, index) => sum + entry * vector[index], 0))
}

/** What the matrices of a correlation make of an input and a kernel. */
export function throughMatrices(
  { input, weight, output }: CorrelationMatrices,
  x: ArrayLike<number>,
  w: ArrayLike<number>,
): number[] {
  const weights = times(weight, w)
  return times(
    output,
    times(input, x).map((value, index) => value * weights[index]),
  )
}

/** The sum by its definition, with zeros around the axis. */
export function correlation(x: Float32Array, w: Float32Array): number[] {
  const before = Math.floor((w.length - 1) / 2)
  return Array.from(x, (_, place) =>
    w.reduce((sum, weight, index) => sum + weight * (x[place + index - before] ?? 0), 0),
  )
}
