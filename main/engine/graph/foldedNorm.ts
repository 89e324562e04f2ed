import type { LayerGeometry } from '../../../core/network/geometry.ts'
import type { GraphBuilder, Value } from '../../../core/graph/graphBuilder.ts'
import { mul } from '../../../core/graph/operations/arithmetic.ts'
import { reshape } from '../../../core/graph/operations/layout.ts'
import type { FoldedNorm } from '../../../core/layers/definition.ts'

/**
 * Reads kernel and bias of a convolution that is normalised by constants: `factor * (kernel * x + bias - mean) + shift`
 * is a convolution too, with the kernel times a factor a map.
 * @param graph Names what is added after the normalisation.
 * @param geometry The convolution's, with the variables that it has by itself.
 * @param read Reads these.
 */
export function foldedReader(
  graph: GraphBuilder,
  { variables: [{ shape }, bias], output }: LayerGeometry,
  read: (role: string) => Value,
  norm: FoldedNorm,
): (role: string) => Value {
  return (role) => {
    if (role === 'bias') return norm.bias(bias === undefined ? null : read('bias'))
    // The last dimension of a kernel counts the maps; the last two of a depthwise one do, together.
    const maps = output[output.length - 1]
    const factor =
      shape[shape.length - 1] === maps ? norm.factor : reshape(graph, 'factor_by_input', norm.factor, shape.slice(-2))
    return mul(graph, 'folded_kernel', read('kernel'), factor)
  }
}
