import type { Pixels } from '../../core/data/pixels.ts'
import type { Formats } from './formats.ts'

/** How a pixel p becomes an input number of the network, as a formula. */
export function pixelFormula(pixels: Pixels): string {
  return pixels.kind === 'range' ? '(p − min) / (max − min)' : '(p − mean) / deviation'
}

/** The values in the formula: min = 0, max = 255. */
export function pixelNumbers(
  pixels: Pixels,
  names: { readonly mean: string; readonly deviation: string },
  format: Formats,
): string {
  if (pixels.kind === 'range') return `min = ${format.figures(pixels.min)}, max = ${format.figures(pixels.max)}`
  const row = (values: readonly number[]): string => values.map((value) => format.decimal(value, 1)).join('; ')
  return `${names.mean} = ${row(pixels.mean)}, ${names.deviation} = ${row(pixels.deviation)}`
}
