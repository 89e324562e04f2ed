import { z } from 'zod'
import { depthwiseConv2d } from '../graph/operations/spatial.ts'
import { Padding, WindowExtent, WindowSize } from '../network/windows.ts'
import { biased } from './parts/bias.ts'
import { defineLayer } from './definition.ts'
import { common, freezable } from './parts/fields.ts'
import { Initializer } from './parts/initializer.ts'
import { kernelFormula, kernelMultiplyAdds, mapOf, windowed } from './parts/measuring.ts'
import { weights } from './parts/layerVariables.ts'
import { windowReach } from './parts/reach.ts'
import { valuesThrough, weightsOf } from './parts/work.ts'

/** Depthwise convolution: `multiplier` kernels for each map that comes in, which see that map alone. */
export const DepthwiseConvLayer = z.strictObject({
  kind: z.literal('depthwise-conv'),
  ...common,
  multiplier: z.int().min(1).max(64),
  kernel: WindowSize,
  stride: WindowExtent,
  padding: Padding,
  bias: z.boolean(),
  initializer: Initializer,
  ...freezable,
})

/**
 * Input `[batch, height, width, in]`, kernel `[height, width, in, multiplier]`, bias `[in * multiplier]` or none. Map i
 * gives the maps i * multiplier to i * multiplier + multiplier - 1.
 */
export const depthwiseConv = defineLayer({
  kind: 'depthwise-conv',
  schema: DepthwiseConvLayer,
  measure(layer, [{ shape }]) {
    const map = mapOf(shape, layer)
    const { multiplier, kernel } = layer
    const area = kernel.height * kernel.width
    const channels = map[2] * multiplier
    return {
      output: windowed(layer, map, [kernel.height, kernel.width], channels),
      variables: weights(layer, [kernel.height, kernel.width, map[2], multiplier], area, area * multiplier, channels),
    }
  },
  nodes: ({ graph, layer, input, read }) => ({
    output: biased(graph, layer, depthwiseConv2d(graph, 'convolution', input, read('kernel'), layer), read),
  }),
  shapeFormula: kernelFormula,
  multiplyAdds: kernelMultiplyAdds,
  work: (measured) => ({
    form: 'depthwise-conv',
    perImage: { ...valuesThrough(measured), multiplyAdds: kernelMultiplyAdds(measured) },
    perStep: { weights: weightsOf(measured) },
  }),
  reach({ layer, inputs: [{ shape }] }, region) {
    const { first, end } = region.maps
    const maps = { first: Math.floor(first / layer.multiplier), end: Math.ceil(end / layer.multiplier) }
    return [{ ...windowReach(region, shape, { ...layer.kernel, ...layer }), maps }]
  },
  fusesBiasAndRelu: () => true,
})
