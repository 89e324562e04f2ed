import type { z } from 'zod'
import { isWithin, type Range } from './range.ts'

/** The numbers that a setting takes. A limit that its schema does not state is infinite. */
export interface SettingRange extends Range {
  /** False where `max` itself is refused. */
  readonly includesMax: boolean
}

/** The numbers that a schema takes. */
export function rangeOf(schema: z.ZodNumber): SettingRange {
  const min = schema.minValue ?? -Infinity
  const max = schema.maxValue ?? Infinity
  const takes = (value: number): boolean => schema.safeParse(value).success
  return { min, max, whole: schema.isInt, includesMin: takes(min), includesMax: takes(max) }
}

/** Whether a number is one of those that a setting takes. */
export function isTaken(range: SettingRange, value: number | null): boolean {
  return value !== null && isWithin(range, value) && (range.includesMax || value < range.max)
}
