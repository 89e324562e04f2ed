import type { Formats } from './formats.ts'

const raised: Readonly<Record<string, string>> = {
  '-': '⁻',
  0: '⁰',
  1: '¹',
  2: '²',
  3: '³',
  4: '⁴',
  5: '⁵',
  6: '⁶',
  7: '⁷',
  8: '⁸',
  9: '⁹',
}

/** A number of any size with two significant figures: 0.012, 3.4, 2.1·10⁻⁵, −10⁶. */
export function powerText(value: number, format: Formats): string {
  if (value < 0) return `−${powerText(-value, format)}`
  const [mantissa, power] = value.toExponential(1).split('e')
  const rank = Number(power)
  if (value === 0 || (rank >= -2 && rank <= 3)) return format.figures(Number(value.toPrecision(2)))
  const exponent = [...String(rank)].map((sign) => raised[sign] ?? '').join('')
  return Number(mantissa) === 1 ? `10${exponent}` : `${format.figures(Number(mantissa))}·10${exponent}`
}
