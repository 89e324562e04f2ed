/** Vectors of equal length, a row each: `[rows, columns]`. */
export interface Vectors {
  readonly rows: number
  readonly columns: number
  readonly values: Float32Array
}

/** Points of a plane, one a vector. */
export interface PlanePoints {
  readonly x: Float32Array
  readonly y: Float32Array
}
