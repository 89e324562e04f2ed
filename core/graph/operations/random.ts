import { float32, type GraphBuilder, int32, type Value } from '../graphBuilder.ts'

/**
 * Uniform numbers from 0 to below 1, by a generator without state. Has no gradient.
 * @param seed int32 `[2]`; equal seeds give equal numbers.
 */
export function statelessRandomUniform(
  graph: GraphBuilder,
  name: string,
  shape: readonly number[],
  seed: Value<'int32'>,
): Value {
  return graph.add(name, {
    operation: 'StatelessRandomUniform',
    inputs: [graph.extents(`${name}_shape`, shape), seed],
    attributes: { dtype: float32, T: int32, Tseed: int32 },
    type: 'float32',
    shape,
  })
}
