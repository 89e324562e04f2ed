import type { Differentiable } from './differentiable.ts'
import { float32, type GraphBuilder, int32, type Output } from './graphBuilder.ts'

/** The values in their order, in another shape; -1 stands for one extent that follows from the others. */
export function reshape(graph: GraphBuilder, name: string, input: Output, shape: readonly number[]): Output {
  return graph.add('Reshape', name, [input, graph.extents(`${name}_shape`, shape)], { T: float32, Tshape: int32 })
}

/** `[batch, ...from]` as `[batch, ...to]`, the values in their order. */
export function reshaped(
  graph: GraphBuilder,
  input: Output,
  from: readonly number[],
  to: readonly number[],
): Differentiable {
  const types = { T: float32, Tshape: int32 }
  return {
    output: graph.add('Reshape', 'reshaped', [input, graph.extents('shape', [-1, ...to])], types),
    gradient: (gradient) =>
      graph.add('Reshape', 'shaped_back', [gradient, graph.extents('shape_before', [-1, ...from])], types),
  }
}
