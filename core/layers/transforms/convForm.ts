import type { MapShape } from '../../network/shapes.ts'
import type { WindowSize, WindowSteps } from '../../network/windows.ts'
import { productsOf } from './axisCorrelation.ts'
import type { ProcessorFeatures } from '../definition.ts'

/** What decides in which form a convolution is computed. */
export interface ConvExtents {
  readonly layer: WindowSteps & { readonly kernel: WindowSize }
  readonly input: MapShape
  readonly filters: number
}

/**
 * Floating-point operations that TensorFlow's convolution does while one number goes to memory and back, measured on
 * two cores: 250 GFLOP/s against 20 GB/s with AVX-512, 165 GFLOP/s without. The processor is part of an engine's
 * identity, so a run that goes on with another one says so.
 */
function operationsPerNumber({ wideVectors }: ProcessorFeatures): number {
  return wideVectors ? 50 : 33
}

/** Time of TensorFlow's products of matrices for one operation, in that of its convolution. */
const productCost = 1.09

/** The transforms must save this much of the time, because the estimate is rough. */
const worthwhile = 0.92

/**
 * Of one image through transforms, forward and both gradients: operations of the products, and numbers that go to memory
 * and back.
 */
export function transformedWork({ layer: { kernel }, input: [height, width, channels], filters }: ConvExtents): {
  readonly multiplied: number
  readonly moved: number
} {
  const rows = productsOf(height, kernel.height)
  const columns = productsOf(width, kernel.width)
  const products = rows * columns
  // Transposed, then along one axis, then along the other, for what goes in and for its gradient; then read and written
  // by the products.
  return {
    multiplied: 6 * products * channels * filters,
    moved:
      (3 * height * width + 2 * rows * width + products) * 2 * (channels + filters) +
      3 * products * (channels + filters),
  }
}

/**
 * Whether a convolution takes less time through transforms (`transformedConv.ts`) than by TensorFlow's own operation.
 * Counted for one image, forward and both gradients: the products, and each number that is written and read on the way.
 * The number of images has no part in it. Training and evaluation take the same form: maps that keep the order of the
 * transforms (`mapOrder.ts`) make up for a forward pass that is no faster by itself. `docs/forms-of-convolution.md` has
 * the figures.
 */
export function throughTransforms(extents: ConvExtents, processor: ProcessorFeatures): boolean {
  const {
    layer: { kernel, stride, padding },
    input: [height, width, channels],
    filters,
  } = extents
  if (stride !== 1 || padding !== 'same' || kernel.height > height || kernel.width > width) return false
  const direct = 6 * height * width * kernel.height * kernel.width * channels * filters
  const { multiplied, moved } = transformedWork(extents)
  return productCost * multiplied + operationsPerNumber(processor) * moved < worthwhile * direct
}
