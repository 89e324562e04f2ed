/** The kernels of a layer in figures. */
import { z } from 'zod'
import { RunId } from '../run/run.ts'
import { LookSubject } from './looking.ts'

const count = z.int().min(0)

export const KernelsQuestion = z.strictObject({ ...LookSubject.shape, layer: z.string() })
export type KernelsQuestion = z.infer<typeof KernelsQuestion>

export const LayerKernels = z.strictObject({
  run: RunId,
  /** Step of the checkpoint. */
  checkpoint: count,
  layer: z.string(),
  /** `[height, width, in, out]`, of a depthwise layer `[height, width, in, multiplier]`, of a dense one `[in, out]`. */
  shape: z.array(z.int().min(1)),
  /** The largest absolute weight of the layer. */
  largest: z.number().min(0),
  /** How many weights lie in each of an odd number of equal bins from minus to plus the largest. Zero is in the middle. */
  histogram: z.array(count),
  /**
   * How far each kernel is from where the run began: the Euclidean distance by the norm of the kernel at step 0. Null
   * for a kernel that began as zeros, and altogether where that checkpoint is gone or damaged.
   */
  moved: z.array(z.number().min(0).nullable()).nullable(),
  /** One a kernel; null for a layer without. */
  biases: z.array(z.number()).nullable(),
})
export type LayerKernels = z.infer<typeof LayerKernels>

/** Bins of a histogram of weights. */
const bins = 41

/** The largest absolute value; 0 where there is none. */
export function largestOf(values: Float32Array): number {
  let largest = 0
  for (let index = 0; index < values.length; index += 1) {
    const size = Math.abs(values[index])
    if (size > largest) largest = size
  }
  return largest
}

/**
 * Counts values in an odd number of equal bins from minus to plus `largest`, so that zero is in the middle of a bin. All
 * values are in the middle one where the largest is 0.
 */
export function histogramOf(values: Float32Array, largest: number): number[] {
  // One more at each end: plus and minus the largest are on the edge, and rounding may put them beyond it.
  const counts = new Float64Array(bins + 2)
  const perUnit = largest === 0 ? 0 : bins / (2 * largest)
  for (let index = 0; index < values.length; index += 1) counts[Math.floor(values[index] * perUnit + bins / 2) + 1] += 1
  counts[1] += counts[0]
  counts[bins] += counts[bins + 1]
  return [...counts.subarray(1, bins + 1)]
}

/** Number of kernels: one a map or unit that comes out. Of a depthwise layer its last two dimensions count them. */
export function kernelsIn(shape: readonly number[], depthwise: boolean): number {
  const [, , inputs, outputs] = shape
  return shape.length === 2 ? shape[1] : depthwise ? inputs * outputs : outputs
}

/**
 * The Euclidean distance of each kernel from what it was, by its norm then; null where that was 0.
 * @param kernels How many there are. The kernel to which a weight belongs changes fastest.
 */
export function kernelsMoved(now: Float32Array, before: Float32Array, kernels: number): (number | null)[] {
  const [distances, norms] = [new Float64Array(kernels), new Float64Array(kernels)]
  for (let first = 0; first < now.length; first += kernels) {
    for (let kernel = 0; kernel < kernels; kernel += 1) {
      const from = before[first + kernel]
      const difference = now[first + kernel] - from
      distances[kernel] += difference * difference
      norms[kernel] += from * from
    }
  }
  return Array.from(distances, (distance, kernel) => (norms[kernel] === 0 ? null : Math.sqrt(distance / norms[kernel])))
}
