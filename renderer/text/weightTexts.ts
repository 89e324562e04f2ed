import type { Formats } from './formats.ts'

/** Most decimals of a weight. */
const mostDecimals = 6

/**
 * A weight beside others of a layer, with as many decimals as give the largest of them three significant figures.
 * @param largest The largest absolute weight of the layer.
 */
export function weightText(weight: number, largest: number, format: Formats): string {
  const rank = largest > 0 ? Math.floor(Math.log10(largest)) : 0
  const decimals = Math.min(mostDecimals, Math.max(0, 2 - rank))
  const text = format.decimal(Math.abs(weight), decimals)
  return weight < 0 && Number(weight.toFixed(decimals)) !== 0 ? `−${text}` : text
}
