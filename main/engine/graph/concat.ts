import type { ConcatLayer } from '../../../core/model.ts'
import { float32, int32 } from './graphBuilder.ts'
import type { LayerNodes, LayerPlace } from './layerNodes.ts'

/** Tensors behind each other along their last dimension; each gets its own part of the gradient. */
export function concatNodes({ graph, geometry, inputs }: LayerPlace<ConcatLayer>): LayerNodes {
  const rank = geometry.output.length + 1
  const axis = graph.constant('axis', { type: 'int32', shape: [], values: [rank - 1] })
  const sizes = geometry.inputs.map(({ shape }) => shape[shape.length - 1])
  return {
    output: graph.add('ConcatV2', 'output', [...inputs, axis], { T: float32, Tidx: int32, N: { int: inputs.length } }),
    statistics: {},
    gradients(gradient, wantsInputs) {
      if (!wantsInputs) return { inputs: null, variables: {} }
      const parts = graph.add('SplitV', 'input_gradients', [gradient, graph.extents('sizes', sizes), axis], {
        T: float32,
        Tlen: int32,
        num_split: { int: sizes.length },
      })
      return { inputs: sizes.map((_, index) => ({ node: parts.node, index })), variables: {} }
    },
  }
}
