/** Points of a curve as columns of equal length; a point stands for the steps since the one before it. */
export interface CurvePoints {
  readonly step: readonly number[]
  readonly seconds: readonly number[]
  readonly min: readonly number[]
  readonly max: readonly number[]
  readonly mean: readonly number[]
}
