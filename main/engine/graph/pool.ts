import type { AveragePoolLayer, GlobalPoolLayer, MaxPoolLayer } from '../../../core/model.ts'
import { activated } from './activation.ts'
import type { Differentiable } from './differentiable.ts'
import { float32, type Output } from './graphBuilder.ts'
import type { LayerNodes, LayerPlace } from './layerNodes.ts'
import { reshape, reshaped } from './reshape.ts'
import { largest, mean, type PoolWindow } from './subsampling.ts'

export type PoolLayer = MaxPoolLayer | AveragePoolLayer | GlobalPoolLayer

/** The window of a pool; that of a global one is its whole map. */
function windowOf({ layer, geometry }: LayerPlace<PoolLayer>): PoolWindow {
  if ('size' in layer) return { height: layer.size, width: layer.size, stride: layer.stride, padding: layer.padding }
  const [height, width = 1] = geometry.inputs[0].shape
  return { height, width, stride: 1, padding: 'valid' }
}

/**
 * What a pool makes of maps that have their places first: to its operation they are one image with the channels of all
 * images. In inference, where nobody asks for a gradient.
 */
function subsampledPlaces(place: LayerPlace<PoolLayer>): Differentiable {
  const { graph, geometry, input } = place
  const oneImage = reshape(graph, 'one_image', input, [1, ...geometry.inputs[0].shape.slice(0, -1), -1])
  const pooled = subsampledImages({ ...place, input: oneImage, batch: 1 })
  return {
    ...pooled,
    output: reshape(graph, 'all_images', pooled.output, [
      ...geometry.output.slice(0, -1),
      -1,
      ...geometry.output.slice(-1),
    ]),
  }
}

/** What a pool makes of `[batch, height, width, channels]`: `[batch, rows, columns, channels]`. */
function subsampledImages(place: LayerPlace<PoolLayer>): Differentiable {
  const { graph, layer, geometry, input, batch } = place
  const takesLargest = layer.kind === 'max-pool' || layer.kind === 'global-max-pool'
  return takesLargest
    ? largest(graph, input, windowOf(place))
    : mean(graph, input, windowOf(place), [batch, ...geometry.inputs[0].shape])
}

/** What a pool makes of its maps, without scale and shift; a global one gives a vector. */
function subsampled(place: LayerPlace<PoolLayer>): Differentiable {
  const { graph, layer, geometry, order } = place
  if (order === 'places-first') return subsampledPlaces(place)
  const pooled = subsampledImages(place)
  if ('size' in layer) return pooled
  const [channels] = geometry.output
  const vector = reshaped(graph, pooled.output, [1, 1, channels], [channels])
  return { output: vector.output, gradient: (gradient) => pooled.gradient(vector.gradient(gradient)) }
}

/**
 * A pool of any kind: `subsample(x)` or, with a scaling, `f(scale * subsample(x) + shift)` with a scale and shift a
 * map.
 */
export function poolNodes(place: LayerPlace<PoolLayer>): LayerNodes {
  const { graph, layer, read } = place
  const pooled = subsampled(place)
  if (layer.scaling === null) {
    return {
      output: pooled.output,
      statistics: {},
      gradients: (gradient, wantsInputs) => ({
        inputs: wantsInputs ? [pooled.gradient(gradient)] : null,
        variables: {},
      }),
    }
  }

  const multiply = (name: string, left: Output, right: Output): Output =>
    graph.add('Mul', name, [left, right], { T: float32 })
  const sumByMap = (name: string, values: Output): Output => graph.add('BiasAddGrad', name, [values], { T: float32 })
  const scale = read('scale')
  const shifted = graph.add('BiasAdd', 'shifted', [multiply('scaled', pooled.output, scale), read('shift')], {
    T: float32,
  })
  const { output, gradient: activationGradient } = activated(graph, layer.scaling.function, shifted)
  return {
    output,
    statistics: {},
    gradients(ofOutput, wantsInputs) {
      const gradient = activationGradient(ofOutput)
      return {
        inputs: wantsInputs ? [pooled.gradient(multiply('pooled_gradient', gradient, scale))] : null,
        variables: {
          scale: sumByMap('scale_gradient', multiply('scale_gradients', gradient, pooled.output)),
          shift: sumByMap('shift_gradient', gradient),
        },
      }
    },
  }
}
