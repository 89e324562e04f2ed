/** Points of a curve as columns of equal length. Each point summarizes the steps since the previous one. */
export interface CurvePoints {
  readonly step: readonly number[]
  readonly seconds: readonly number[]
  readonly min: readonly number[]
  readonly max: readonly number[]
  readonly mean: readonly number[]
}
