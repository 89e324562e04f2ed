import type { Language } from '../../core/words/language.ts'

const spaces = /[\s\u00a0\u2009\u202f]/g
const plain = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const grouped = /^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/

/**
 * The number a person typed, or null if it is not a number. Spaces may group digits. In Russian a comma is the decimal
 * mark. In English it groups digits (2,500); where it cannot, it is read as a decimal mark (0,001), because Russian
 * keyboards type one.
 */
export function enteredNumber(text: string, language: Language): number | null {
  const close = text.trim().replace(spaces, '').replace('−', '-')
  const pointed = language === 'en' && grouped.test(close) ? close.replaceAll(',', '') : close.replace(',', '.')
  const number = plain.test(pointed) ? Number(pointed) : NaN
  return Number.isFinite(number) ? number : null
}
