import type { MapFigures } from './looking.ts'

/** Number of maps in an output: its channels, or the units of a vector. */
export function mapsIn(shape: readonly number[]): number {
  return shape[shape.length - 1]
}

/** Height and width of each map; a unit is a map of one value. */
export function mapExtents(shape: readonly number[]): { readonly height: number; readonly width: number } {
  return shape.length === 3 ? { height: shape[0], width: shape[1] } : { height: 1, width: 1 }
}

/**
 * Smallest, largest and mean value of each map of a layer's output.
 * @param values `[height, width, channels]` or `[units]`.
 * @returns zeros for a map without a finite value.
 */
export function figuresOfMaps(values: Float32Array, shape: readonly number[]): MapFigures[] {
  const maps = mapsIn(shape)
  const places = values.length / maps
  return Array.from({ length: maps }, (_, map) => {
    let [min, max, sum, finite] = [Infinity, -Infinity, 0, 0]
    for (let place = 0; place < places; place += 1) {
      const value = values[place * maps + map]
      if (!Number.isFinite(value)) continue
      min = Math.min(min, value)
      max = Math.max(max, value)
      sum += value
      finite += 1
    }
    const notFinite = places - finite
    return finite === 0 ? { min: 0, max: 0, mean: 0, notFinite } : { min, max, mean: sum / finite, notFinite }
  })
}

/** The values of one map, row by row. */
export function valuesOfMap(values: Float32Array, shape: readonly number[], map: number): Float32Array {
  const maps = mapsIn(shape)
  return Float32Array.from({ length: values.length / maps }, (_, place) => values[place * maps + map])
}
