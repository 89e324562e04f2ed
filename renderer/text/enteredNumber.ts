import type { Language } from '../../core/words/language.ts'

const spaces = /[\s\u00a0\u2009\u202f]/g
const plain = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const grouped = /^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/

/**
 * The number a person typed, or null when it is none. Spaces may group digits. In English a comma groups
 * (2,500) and, where it cannot, is read as a decimal mark (0,001), because Russian keyboards type it;
 * in Russian it is the decimal mark.
 */
export function enteredNumber(text: string, language: Language): number | null {
  const close = text.trim().replace(spaces, '').replace('−', '-')
  const pointed = language === 'en' && grouped.test(close) ? close.replaceAll(',', '') : close.replace(',', '.')
  return plain.test(pointed) ? Number(pointed) : null
}
