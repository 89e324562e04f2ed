import { z } from 'zod'
import { conv2d } from '../graph/operations/spatial.ts'
import { phrase } from '../words/phrases.ts'
import { type MapShape, type Shape, sizeOf } from '../network/shapes.ts'
import { Padding, WindowExtent, WindowSize } from '../network/windows.ts'
import { biased } from './parts/bias.ts'
import { throughTransforms, transformedWork } from './transforms/convForm.ts'
import { defineLayer, type LayerInput, type MeasuredLayer, type ProcessorFeatures } from './definition.ts'
import { common, freezable, imageName } from './parts/fields.ts'
import { ConvInitializer } from './parts/initializer.ts'
import { kernelFormula, kernelMultiplyAdds, mapOf, unfit, windowed } from './parts/measuring.ts'
import { transformedConvolution } from './transforms/transformedConv.ts'
import { weights } from './parts/layerVariables.ts'
import { wholeRegion, windowReach } from './parts/reach.ts'
import type { LayerWork } from './parts/layerWork.ts'
import { inGroups, valuesThrough, weightsOf } from './parts/work.ts'

/** Convolution: `filters` kernels moved by `stride` both ways, with a bias a filter or without. */
export const ConvLayer = z.strictObject({
  kind: z.literal('conv'),
  ...common,
  filters: z.int().min(1).max(4096),
  kernel: WindowSize,
  stride: WindowExtent,
  padding: Padding,
  bias: z.boolean(),
  initializer: ConvInitializer,
  ...freezable,
})
export type ConvLayer = z.infer<typeof ConvLayer>

/** A whitening filter is a component of the images' patches or its opposite. */
function checkWhitening(layer: ConvLayer, [height, width, channels]: MapShape): void {
  if (layer.initializer !== 'whitening') return
  const { kernel } = layer
  if (kernel.height > height || kernel.width > width)
    unfit(
      layer,
      phrase('whitening-too-large', { kernel: `${kernel.height} x ${kernel.width}`, image: `${height} x ${width}` }),
    )
  const patch = kernel.height * kernel.width * channels
  if (layer.filters % 2 === 0 && layer.filters <= 2 * patch) return
  unfit(layer, phrase('whitening-unpaired', { filters: layer.filters, values: patch, most: 2 * patch }))
}

/** What comes in, a map or the image; whitening filters take the image alone. */
function incoming(layer: ConvLayer, { from, shape }: LayerInput): MapShape {
  if (layer.initializer === 'whitening' && from !== imageName) unfit(layer, phrase('whitening-not-first', { from }))
  return mapOf(shape, layer)
}

/** Whether the layer is computed through transforms. */
function isTransformed({ layer, inputs }: MeasuredLayer<ConvLayer>, processor: ProcessorFeatures): boolean {
  const [{ shape }]: readonly { shape: Shape }[] = inputs
  return shape.length === 3 && throughTransforms({ layer, input: shape, filters: layer.filters }, processor)
}

/** Of a convolution: the image's own, a pointwise one, one through transforms, and all others differ in their costs. */
function convWork(measured: MeasuredLayer<ConvLayer>, processor: ProcessorFeatures, backwards: boolean): LayerWork {
  const { layer, inputs, output } = measured
  const [{ shape }]: readonly { shape: Shape }[] = inputs
  const through = valuesThrough(measured)
  const perStep = { weights: weightsOf(measured) }
  if (shape.length === 3 && isTransformed(measured, processor)) {
    const { multiplied, moved } = transformedWork({ layer, input: shape, filters: layer.filters })
    return { form: 'conv-transformed', perImage: { multiplied, moved }, perStep }
  }
  const area = layer.kernel.height * layer.kernel.width
  const places = sizeOf(output) / layer.filters
  const channels = shape[shape.length - 1]
  const form = !backwards ? 'conv-image' : area === 1 ? 'conv-pointwise' : 'conv'
  const grouped = backwards ? inGroups(channels) : channels
  return {
    form,
    perImage: {
      ...through,
      multiplyAdds: places * area * grouped * inGroups(layer.filters),
      places: places * area * layer.filters,
    },
    perStep,
  }
}

/**
 * Convolution: input `[batch, height, width, in]`, kernel `[height, width, in, out]`, bias `[out]` or none. In the form
 * that takes less time for its extents. After TensorFlow's own operation bias and a ReLU right behind it are fused into
 * it by its graph optimiser.
 */
export const conv = defineLayer({
  kind: 'conv',
  schema: ConvLayer,
  measure(layer, [input]) {
    const map = incoming(layer, input)
    checkWhitening(layer, map)
    const { filters, kernel } = layer
    const area = kernel.height * kernel.width
    const shape = [kernel.height, kernel.width, map[2], filters]
    return {
      output: windowed(layer, map, [kernel.height, kernel.width], filters),
      variables: weights(layer, shape, area * map[2], area * filters, filters),
    }
  },
  nodes(place) {
    const { graph, layer, geometry, input, mode, processor, read } = place
    const convolved =
      mode !== 'inspection' && isTransformed(geometry, processor)
        ? transformedConvolution(place)
        : conv2d(graph, 'convolution', input, read('kernel'), layer)
    return { output: biased(graph, layer, convolved, read) }
  },
  shapeFormula: kernelFormula,
  multiplyAdds: kernelMultiplyAdds,
  work: convWork,
  reach: ({ layer, inputs: [{ shape }] }, region) => [
    { ...windowReach(region, shape, { ...layer.kernel, ...layer }), maps: wholeRegion(shape).maps },
  ],
  mapOrder: (measured, coming, processor) =>
    isTransformed(measured, processor)
      ? { takes: coming, gives: 'places-first' }
      : { takes: 'images-first', gives: 'images-first' },
  fusesBiasAndRelu: (measured, processor) => !isTransformed(measured, processor),
})
