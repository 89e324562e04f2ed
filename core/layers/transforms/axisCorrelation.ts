import type { CorrelationMatrices } from './correlationMatrices.ts'
import * as circle from './cyclicCorrelation.ts'
import * as tiles from './tiledCorrelation.ts'

/** Whether tiles take fewer products; the circle where they are equal, because its rounding errors are smaller. */
function inTiles(length: number, kernel: number): boolean {
  return tiles.canTile(kernel) && tiles.productsOf(length, kernel) < circle.productsOf(length, kernel)
}

/** Products of single numbers for an axis of `length` entries and a kernel of 1 to `length`. */
export function productsOf(length: number, kernel: number): number {
  return inTiles(length, kernel) ? tiles.productsOf(length, kernel) : circle.productsOf(length, kernel)
}

/**
 * The correlation of an axis with a kernel, step 1 and padding `same` (`floor((kernel - 1) / 2)` zeros before), in the
 * way that takes fewer products.
 * @param length Entries of the axis, at least 1.
 * @param kernel Entries of the kernel, 1 to `length`.
 */
export function correlationMatrices(length: number, kernel: number): CorrelationMatrices {
  return inTiles(length, kernel)
    ? tiles.correlationMatrices(length, kernel)
    : circle.correlationMatrices(length, kernel)
}
