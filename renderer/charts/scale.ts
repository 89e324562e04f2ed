/** An axis: the values at its two ends, and whether equal distances on it are equal ratios. */
export interface Scale {
  readonly min: number
  readonly max: number
  /** Then both ends are above 0. */
  readonly logarithmic: boolean
}

/** Where a value lies on an axis: 0 at its beginning, 1 at its end, NaN where a logarithmic axis has no place for it. */
export function shareOf({ min, max, logarithmic }: Scale, value: number): number {
  if (!logarithmic) return (value - min) / (max - min)
  return value > 0 ? Math.log(value / min) / Math.log(max / min) : NaN
}

/** The value at a share of an axis. */
export function valueAtShare({ min, max, logarithmic }: Scale, share: number): number {
  return logarithmic ? min * (max / min) ** share : min + share * (max - min)
}
