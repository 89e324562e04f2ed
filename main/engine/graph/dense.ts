import type { DenseLayer } from '../../../core/model.ts'
import { biased } from './bias.ts'
import { float32 } from './graphBuilder.ts'
import type { LayerNodes, LayerPlace } from './layerNodes.ts'

function matrices(transposeLeft: boolean, transposeRight: boolean) {
  return { T: float32, transpose_a: { bool: transposeLeft }, transpose_b: { bool: transposeRight } }
}

/** Fully connected: input `[batch, in]` times kernel `[in, out]` plus bias `[out]`, if it has one. */
export function denseNodes({ graph, layer, input, read }: LayerPlace<DenseLayer>): LayerNodes {
  const kernel = read('kernel')
  const bias = biased(
    graph,
    layer,
    graph.add('MatMul', 'product', [input, kernel], matrices(false, false)),
    read,
    layer.units,
  )
  return {
    output: bias.output,
    statistics: {},
    gradients: (gradient, wantsInputs) => ({
      variables: {
        kernel: graph.add('MatMul', 'kernel_gradient', [input, gradient], matrices(true, false)),
        ...bias.gradients(gradient),
      },
      inputs: wantsInputs ? [graph.add('MatMul', 'input_gradient', [gradient, kernel], matrices(false, true))] : null,
    }),
  }
}
