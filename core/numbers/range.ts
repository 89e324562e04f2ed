import { z } from 'zod'

/** The numbers that a setting takes. `max` is always one of them. */
export interface Range {
  readonly min: number
  readonly max: number
  readonly whole: boolean
  /** False where `min` itself is refused. */
  readonly includesMin: boolean
}

/** A number, or one that may be left out or be null. */
type NumberSchema = z.ZodNumber | z.ZodNullable<z.ZodNumber> | z.ZodOptional<z.ZodNumber>

/**
 * The limits that a schema states. They stand in the schema alone; help, forms and sentences take them from here.
 * @throws RangeError for a schema without both limits, or one that refuses its own largest number.
 */
export function limitsOf(schema: NumberSchema): Range {
  if (!(schema instanceof z.ZodNumber)) return limitsOf(schema.unwrap())
  const { minValue: min, maxValue: max } = schema
  // A limit that is not stated is infinite or null.
  if (min === null || max === null || !Number.isFinite(min) || !schema.safeParse(max).success)
    throw new RangeError('A setting needs a smallest number, and a largest one that it takes.')
  return { min, max, whole: schema.isInt, includesMin: schema.safeParse(min).success }
}

/** Whether a number lies in a range. */
export function isWithin({ min, max, whole, includesMin }: Range, value: number): boolean {
  if (!Number.isFinite(value) || (whole && !Number.isInteger(value))) return false
  return value <= max && (includesMin ? value >= min : value > min)
}

/** A range in either language: `1…10000`, or `> 0, ≤ 100` where the smallest number is refused. */
export function rangeText({ min, max, includesMin }: Range): string {
  return includesMin ? `${min}…${max}` : `> ${min}, ≤ ${max}`
}

/** A share in percent: with few digits, as a person would enter it, if that is the same share again when divided by 100. */
export function percentOf(share: number): number {
  const rounded = Number((share * 100).toPrecision(12))
  return rounded / 100 === share ? rounded : share * 100
}

/** The range of a share that is entered in percent. */
export function inPercent({ min, max, ...others }: Range): Range {
  return { ...others, min: min * 100, max: max * 100, whole: false }
}
