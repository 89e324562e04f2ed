import type { ConvLayer } from '../../../core/model.ts'
import { wideVectors } from '../process/processor.ts'
import { productsOf } from './axisCorrelation.ts'

/** `[height, width, channels]` of what comes into a convolution. */
export type MapExtents = readonly [number, number, number]

/**
 * Raised with every change by which a network takes other operations than before, so that its bits change and runs can
 * say so. 1: every convolution is TensorFlow's own operation. 2: some go through transforms along circles. 3: or along
 * tiles, and with oneDNN's operations on every processor. 4: measurements hold batch normalisations in the convolutions
 * before them, so that losses and probabilities differ by rounding; training is as with 3.
 */
export const formsVersion = 4

/** What decides in which form a convolution is computed. */
export interface ConvExtents {
  readonly layer: Pick<ConvLayer, 'kernel' | 'stride' | 'padding'>
  readonly input: MapExtents
  readonly filters: number
}

/**
 * Floating-point operations that TensorFlow's convolution does while one number goes to memory and back, measured on
 * two cores: 250 GFLOP/s against 20 GB/s with AVX-512, 165 GFLOP/s without. The processor is part of an engine's
 * identity, so that a run which goes on with another one says so.
 */
const operationsPerNumber = wideVectors ? 50 : 33

/** Time of TensorFlow's products of matrices for one operation, in that of its convolution. */
const productCost = 1.09

/** The transforms must save this much of the time, because the estimate is rough. */
const worthwhile = 0.92

/**
 * Whether a convolution takes less time through transforms (`transformedConv.ts`) than by TensorFlow's own operation.
 * Counted for one image, forward and both gradients: the products, and each number that is written and read on the way.
 * In training, against TensorFlow's own convolution on two cores with AVX-512, all on circles: 2.0-2.2 times as fast
 * for 5x5, 64 to 64 maps of 12x12 (estimated 2.3); 1.8 for 3x3, 128 to 256 maps of 7x7 (1.8); 1.3 for 3x3, 64 to 128 of
 * 6x6 (1.2); 0.9 for 3x3, 32 to 64 of 12x12 (0.9). With the 3x3 ones in tiles a whole step of the Quick network was
 * measured 1.56 times as fast with AVX2. The number of images has no part in it, and training and evaluation take the
 * same form: forward alone, with AVX2, tiles and TensorFlow's own operation take about as long for the second
 * convolution of the Quick network, and tiles a tenth less of the whole where maps keep the order of the transforms
 * (`mapOrder.ts`).
 */
export function throughTransforms({
  layer: { kernel, stride, padding },
  input: [height, width, channels],
  filters,
}: ConvExtents): boolean {
  if (stride !== 1 || padding !== 'same' || kernel.height > height || kernel.width > width) return false
  const rows = productsOf(height, kernel.height)
  const columns = productsOf(width, kernel.width)
  const pixels = height * width
  const products = rows * columns
  const direct = 6 * pixels * kernel.height * kernel.width * channels * filters
  const multiplied = 6 * products * channels * filters
  // Transposed, then along one axis, then along the other, for what goes in and for its gradient; then read and written
  // by the products.
  const moved =
    (3 * pixels + 2 * rows * width + products) * 2 * (channels + filters) + 3 * products * (channels + filters)
  return productCost * multiplied + operationsPerNumber * moved < worthwhile * direct
}
