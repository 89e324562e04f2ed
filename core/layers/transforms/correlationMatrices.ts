/** A matrix of numbers, row by row. */
export type MatrixRows = readonly (readonly number[])[]

/**
 * A sum of products along one axis, as products of single numbers: for an input `x [length]` and a kernel `w [kernel]`,
 * `sum_j w[j] * x[i + j - before]` of all i is `output * ((input * x) . (weight * w))`, where `.` multiplies entry by
 * entry.
 */
export interface CorrelationMatrices {
  /** `[products, length]` */
  readonly input: MatrixRows
  /** `[products, kernel]` */
  readonly weight: MatrixRows
  /** `[length, products]` */
  readonly output: MatrixRows
}
