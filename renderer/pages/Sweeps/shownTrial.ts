import type { SweepTrial } from '../../../core/sweep/sweep.ts'

/** A trial with the result that is shown. */
export interface ShownTrial {
  readonly trial: SweepTrial
  readonly value: number
  /** On the axes of its settings and, last, of the result: 0 to 1. */
  readonly places: readonly number[]
  /** 0 for the worst to 1 for the best. */
  readonly rank: number
  /** Whether it lies within all brushes. */
  readonly isKept: boolean
  readonly isBest: boolean
}
