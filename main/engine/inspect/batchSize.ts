import type { LayerGeometry } from '../../../core/network/geometry.ts'
import { multiplyAddsOf } from '../../../core/network/multiplyAdds.ts'
import { sizeOf } from '../../../core/network/shapes.ts'

/** Multiply-adds of a batch: few enough that a quick question, which waits for the end of a batch, is still quick. */
const mostWork = 2e9

/** Values of the largest map of a batch, so that it takes little memory. */
const mostValues = 1e6

const mostImages = 128

/**
 * How many images a pass over many of them computes at once. It follows from the network alone, so that the same pass
 * gives the same bits.
 */
export function imagesAtOnce(measured: readonly LayerGeometry[]): number {
  const work = measured.reduce((sum, layer) => sum + multiplyAddsOf(layer), 0)
  const values = Math.max(...measured.map(({ inputs, output }) => Math.max(sizeOf(inputs[0].shape), sizeOf(output))))
  return Math.max(1, Math.min(mostImages, Math.floor(mostWork / work), Math.floor(mostValues / values)))
}
