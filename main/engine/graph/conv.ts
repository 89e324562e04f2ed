import type { ConvLayer } from '../../../core/model.ts'
import { biased } from './bias.ts'
import { throughTransforms } from './convForm.ts'
import { type Convolution, transformedConvolution } from './transformedConv.ts'
import { float32 } from './graphBuilder.ts'
import type { LayerNodes, LayerPlace } from './layerNodes.ts'
import { paddingText } from './window.ts'

/** A convolution by TensorFlow's own operation and its gradients. */
function directConvolution({ graph, layer, geometry, input, batch, read }: LayerPlace<ConvLayer>): Convolution {
  const window = {
    T: float32,
    strides: { ints: [1, layer.stride, layer.stride, 1] },
    padding: paddingText(layer.padding),
  }
  const kernel = read('kernel')
  const [{ shape }] = geometry.inputs
  return {
    output: graph.add('Conv2D', 'convolution', [input, kernel], window),
    kernelGradient: (gradient) =>
      graph.add(
        'Conv2DBackpropFilter',
        'kernel_gradient',
        [input, graph.extents('kernel_shape', geometry.variables[0].shape), gradient],
        window,
      ),
    inputGradient: (gradient) =>
      graph.add(
        'Conv2DBackpropInput',
        'input_gradient',
        [graph.extents('input_shape', [batch, ...shape]), kernel, gradient],
        window,
      ),
  }
}

/**
 * Convolution: input `[batch, height, width, in]`, kernel `[height, width, in, out]`, bias `[out]` or none. In the form
 * that takes less time for its extents. After TensorFlow's own operation bias and a ReLU right behind it are fused into
 * it by its graph optimiser.
 */
export function convNodes(place: LayerPlace<ConvLayer>): LayerNodes {
  const { graph, layer, geometry, read } = place
  const [{ shape }] = geometry.inputs
  const fast = shape.length === 3 && throughTransforms({ layer, input: shape, filters: layer.filters })
  const convolution = fast ? transformedConvolution(place, shape) : directConvolution(place)
  const bias = biased(graph, layer, convolution.output, read, layer.filters)
  return {
    output: bias.output,
    statistics: {},
    gradients(gradient, wantsInputs) {
      const variables = { kernel: convolution.kernelGradient(gradient), ...bias.gradients(gradient) }
      return { inputs: wantsInputs ? [convolution.inputGradient(gradient)] : null, variables }
    },
  }
}
