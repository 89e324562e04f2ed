import type { LayerGeometry } from '../../../core/network/geometry.ts'
import type { GraphBuilder, Value } from '../../../core/graph/graphBuilder.ts'
import { mul } from '../../../core/graph/operations/arithmetic.ts'
import { reshape } from '../../../core/graph/operations/layout.ts'
import type { FoldedNorm } from '../../../core/layers/definition.ts'

/**
 * Reads the kernel and bias of a convolution followed by a normalisation with constant statistics. `factor * (kernel *
 * x + bias - mean) + shift` is itself a convolution, whose kernel is multiplied by one factor per output map.
 * @param graph Scope for the nodes added after the normalisation.
 * @param geometry The convolution, with its own variables.
 * @param read Reads those variables.
 */
export function foldedReader(
  graph: GraphBuilder,
  { variables: [{ shape }, bias], output }: LayerGeometry,
  read: (role: string) => Value,
  norm: FoldedNorm,
): (role: string) => Value {
  return (role) => {
    if (role === 'bias') return norm.bias(bias === undefined ? null : read('bias'))
    // The last dimension of a kernel counts the maps. For a depthwise kernel, the last two together do.
    const maps = output[output.length - 1]
    const factor =
      shape[shape.length - 1] === maps ? norm.factor : reshape(graph, 'factor_by_input', norm.factor, shape.slice(-2))
    return mul(graph, 'folded_kernel', read('kernel'), factor)
  }
}
