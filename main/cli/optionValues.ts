import { refuse } from '../../core/problems.ts'
import { isWithin, type Range, rangeText } from '../../core/range.ts'

/** Options as they were given, by name. */
export type OptionValues = ReadonlyMap<string, string>

/**
 * One of some words.
 * @throws LabError `option-value`.
 */
export function oneOf<Name extends string>(
  values: OptionValues,
  option: string,
  names: readonly Name[],
): Name | undefined {
  const value = values.get(option)
  if (value === undefined) return undefined
  return (
    names.find((name) => name === value) ??
    refuse('option-value', { option: `--${option}`, expected: names.join(', '), value })
  )
}

/**
 * A decimal number as people write it; no hexadecimal, no `NaN`, nothing behind it.
 * @throws LabError `option-value`.
 */
export function numberOption(values: OptionValues, option: string): number | undefined {
  const text = values.get(option)
  if (text === undefined) return undefined
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN
  if (!Number.isFinite(value)) refuse('option-value', { option: `--${option}`, expected: 'a number', value: text })
  return value
}

/**
 * A number within a range.
 * @throws LabError `option-value` or `setting-out-of-range`.
 */
export function rangedOption(values: OptionValues, option: string, range: Range): number | undefined {
  const value = numberOption(values, option)
  if (value !== undefined && !isWithin(range, value))
    refuse('setting-out-of-range', { setting: `--${option}`, value, range: rangeText(range) })
  return value
}

/**
 * A whole number of at least 0.
 * @throws LabError `option-value`.
 */
export function wholeOption(values: OptionValues, option: string): number | undefined {
  const value = numberOption(values, option)
  if (value !== undefined && !(Number.isSafeInteger(value) && value >= 0)) {
    refuse('option-value', {
      option: `--${option}`,
      expected: 'a whole number of at least 0',
      value: String(values.get(option)),
    })
  }
  return value
}
