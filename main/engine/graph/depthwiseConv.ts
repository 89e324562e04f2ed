import type { DepthwiseConvLayer } from '../../../core/model.ts'
import { biased } from './bias.ts'
import { float32 } from './graphBuilder.ts'
import type { LayerNodes, LayerPlace } from './layerNodes.ts'
import { paddingText } from './window.ts'

/**
 * Depthwise convolution: input `[batch, height, width, in]`, kernel `[height, width, in, multiplier]`, bias `[in *
 * multiplier]` or none. Map i gives the maps i * multiplier to i * multiplier + multiplier - 1.
 */
export function depthwiseConvNodes({
  graph,
  layer,
  geometry,
  input,
  batch,
  read,
}: LayerPlace<DepthwiseConvLayer>): LayerNodes {
  const window = {
    T: float32,
    strides: { ints: [1, layer.stride, layer.stride, 1] },
    padding: paddingText(layer.padding),
  }
  const kernel = read('kernel')
  const [{ shape }] = geometry.inputs
  const bias = biased(
    graph,
    layer,
    graph.add('DepthwiseConv2dNative', 'convolution', [input, kernel], window),
    read,
    geometry.output[geometry.output.length - 1],
  )
  return {
    output: bias.output,
    statistics: {},
    gradients(gradient, wantsInputs) {
      const kernelShape = graph.extents('kernel_shape', geometry.variables[0].shape)
      const variables = {
        kernel: graph.add(
          'DepthwiseConv2dNativeBackpropFilter',
          'kernel_gradient',
          [input, kernelShape, gradient],
          window,
        ),
        ...bias.gradients(gradient),
      }
      if (!wantsInputs) return { inputs: null, variables }
      const inputShape = graph.extents('input_shape', [batch, ...shape])
      return {
        inputs: [
          graph.add('DepthwiseConv2dNativeBackpropInput', 'input_gradient', [inputShape, kernel, gradient], window),
        ],
        variables,
      }
    },
  }
}
