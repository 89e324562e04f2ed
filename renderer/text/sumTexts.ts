import type { ActivationFunction } from '../../core/layers/parts/activationFunction.ts'
import * as m from '../messages/compiled/messages.js'
import type { Formats } from './formats.ts'

/** A number of a sum, with up to six significant figures and a true minus sign; words where it is not finite. */
export function numberText(value: number | null, format: Formats): string {
  if (value === null) return m.sum_not_finite()
  const text = format.figures(Math.abs(value))
  return value < 0 && text !== '0' ? `−${text}` : text
}

/** The same as a part of a product or sum: in brackets where it is negative. */
export function termText(value: number | null, format: Formats): string {
  const text = numberText(value, format)
  return value !== null && value < 0 ? `(${text})` : text
}

/** The sizes of numbers below which they stand in small cells with so many decimals: about five characters each. */
const cellSizes = [
  [0.01, 4],
  [0.1, 3],
  [10, 2],
  [100, 1],
] as const

/** Decimals with which numbers stand beside each other in small cells. */
export function cellDecimals(values: readonly (number | null)[]): number {
  const largest = values.reduce<number>((most, value) => Math.max(most, Math.abs(value ?? 0)), 0)
  if (largest === 0) return 0
  return cellSizes.find(([size]) => largest < size)?.[1] ?? 0
}

/** A number in a small cell. */
export function cellText(value: number | null, decimals: number, format: Formats): string {
  if (value === null) return '–'
  const text = format.decimal(Math.abs(value), decimals)
  return value < 0 && Number(value.toFixed(decimals)) !== 0 ? `−${text}` : text
}

/** An activation function of x as a formula. */
export function activationFormula(activation: ActivationFunction, format: Formats): string {
  switch (activation.kind) {
    case 'linear':
      return 'x'
    case 'relu':
      return 'max(0, x)'
    case 'leaky-relu':
      return `max(${format.figures(activation.slope)} · x, x)`
    case 'elu':
      return 'max(0, x) + min(0, eˣ − 1)'
    case 'gelu':
      return 'x · (1 + erf(x / √2)) / 2'
    case 'sigmoid':
      return '1 / (1 + e⁻ˣ)'
    case 'tanh':
      return 'tanh x'
  }
}
