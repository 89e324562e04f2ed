import type { HeatMap } from './explaining.ts'
import { figuresOfMaps } from './mapFigures.ts'

/**
 * Values over an image, row by row.
 * @returns null where no value is finite.
 */
export function heatMapOf(
  values: Float32Array,
  { height, width }: { readonly height: number; readonly width: number },
): HeatMap | null {
  const [{ min, max, notFinite }] = figuresOfMaps(values, [height, width, 1])
  if (notFinite === values.length) return null
  return { height, width, values: [...values].map((value) => (Number.isFinite(value) ? value : null)), min, max }
}
