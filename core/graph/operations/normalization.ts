import { float32, type GraphBuilder, type Value } from '../graphBuilder.ts'

/** What batch normalisation takes: vectors of `[channels]` each. */
export interface NormInputs {
  readonly scale: Value
  readonly shift: Value
  /** Running statistics to normalise with; null: the statistics of the batch. */
  readonly running: { readonly mean: Value; readonly variance: Value } | null
}

/**
 * Batch normalisation of `[batch, height, width, channels]`: `scale * (x - mean) / sqrt(variance + epsilon) + shift`.
 * The gradient takes the statistics to be those of the batch.
 * @returns `mean` and `variance`, `[channels]`, are those of the batch where no running ones are given; the variance is
 *   the unbiased one (divided by n - 1), while the map is normalised with the biased one.
 */
export function fusedBatchNorm(
  graph: GraphBuilder,
  name: string,
  input: Value,
  { scale, shift, running }: NormInputs,
  epsilon: number,
): { readonly output: Value; readonly mean: Value; readonly variance: Value } {
  const settings = { T: float32, U: float32, epsilon: { float: epsilon }, is_training: { bool: running === null } }
  // With a running factor of 1 TensorFlow gives the statistics of the batch alone, and asks for empty ones.
  const none = (role: string): Value =>
    graph.constant(`no_${role}`, { type: 'float32', shape: [0], values: [] as number[] })
  const [output, mean, variance, ...reserved] = graph.addAll(name, {
    operation: 'FusedBatchNormV3',
    inputs: [input, scale, shift, running?.mean ?? none('mean'), running?.variance ?? none('variance')],
    attributes: { ...settings, exponential_avg_factor: { float: 1 } },
    shapes: [input.shape, scale.shape, scale.shape, [-1], [-1], [-1]],
    gradient: (within, gradient) => {
      // The last three outputs are what the gradient needs; its own last two are empty.
      const [byInput, byScale, byShift] = within.addAll('inputs', {
        operation: 'FusedBatchNormGradV3',
        inputs: [gradient, input, scale, ...reserved],
        attributes: settings,
        shapes: [input.shape, scale.shape, scale.shape, [0], [0]],
      })
      return [byInput, byScale, byShift, null, null]
    },
  })
  return { output, mean, variance }
}
