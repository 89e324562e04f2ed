import { z } from 'zod'
import { RunId } from '../run/run.ts'

/** The weights of a layer's kernel, as a checkpoint has them. */
export const KernelWeights = z.strictObject({
  run: RunId,
  /** Step of the checkpoint. */
  checkpoint: z.int().min(0),
  layer: z.string(),
  /** Null for a dense layer, whose kernel is a matrix. */
  inputChannel: z.int().min(0).nullable(),
  /**
   * Of a convolution `[height, width, out]`, of a depthwise one `[height, width, multiplier]`, of a dense layer
   * `[in, out]`.
   */
  shape: z.array(z.int().min(1)),
  /** Row-major. */
  values: z.array(z.number()),
  /** The largest absolute weight over all input channels of the layer. */
  largest: z.number().min(0),
})
export type KernelWeights = z.infer<typeof KernelWeights>

/** The part of a kernel `[height, width, in, out]` that reads one input channel, as `[height, width, out]`. */
export function ofInputChannel(
  values: Float32Array,
  [height, width, inputs, outputs]: readonly number[],
  input: number,
): number[] {
  const part: number[] = []
  for (let place = 0; place < height * width; place += 1) {
    const first = (place * inputs + input) * outputs
    part.push(...values.subarray(first, first + outputs))
  }
  return part
}
