import type { ActivationFunction } from '../../layers/parts/activationFunction.ts'
import type { Layer } from '../../layers/registry.ts'
import { isFrozen } from '../../network/frozen.ts'
import type { LayerGeometry } from '../../network/geometry.ts'
import type { Shape } from '../../network/shapes.ts'
import { type ExportedNetwork, type Weights, weightsOf } from '../exportedNetwork.ts'
import type { KerasClass, KerasModel } from './kerasModel.ts'

/** Where a layer is added. */
interface KerasPlace {
  readonly keras: KerasModel
  readonly network: Pick<ExportedNetwork, 'tensors'>
  readonly measured: LayerGeometry
}

function activated(keras: KerasModel, activation: ActivationFunction, name: string, from: string, shape: Shape): void {
  if (activation.kind === 'leaky-relu')
    keras.add('LeakyReLU', name, [from], shape, { negative_slope: activation.slope })
  else keras.add('Activation', name, [from], shape, { activation: activation.kind })
}

/** Whether Keras trains the weights of a layer further. */
function trained(layer: Layer): { readonly trainable: boolean } {
  return { trainable: !isFrozen(layer) }
}

/**
 * A pool with its scale, shift and activation where it has them. Keras has no layer for scale and shift; a depthwise
 * convolution of 1 x 1 is the same. No layer of ours has a hyphen in its name.
 */
function pool(
  { keras, network, measured }: KerasPlace,
  { name, scaling }: Extract<Layer, { scaling: unknown }>,
  pooling: KerasClass,
  settings: Readonly<Record<string, unknown>>,
): void {
  const { inputs, output } = measured
  const from = [inputs[0].from]
  if (scaling === null) {
    keras.add(pooling, name, from, output, settings)
    return
  }
  const channels = output[output.length - 1]
  const map: Shape = output.length === 3 ? output : [1, 1, channels]
  const { data } = weightsOf(network, `${name}/scale`)
  const weights = [{ shape: [1, 1, channels, 1], data }, weightsOf(network, `${name}/shift`)]
  keras.add(pooling, `${name}-pooled`, from, map, output.length === 3 ? settings : { ...settings, keepdims: true })
  const scaled = { depth_multiplier: 1, kernel_size: [1, 1], use_bias: true }
  keras.add('DepthwiseConv2D', `${name}-scaled`, [`${name}-pooled`], map, scaled, weights)
  if (output.length === 3) {
    activated(keras, scaling.function, name, `${name}-scaled`, map)
    return
  }
  activated(keras, scaling.function, `${name}-map`, `${name}-scaled`, map)
  keras.add('Flatten', name, [`${name}-map`], output)
}

/** Adds a layer as one of Keras 3's own (https://keras.io/api/layers), under its name. */
export function addKerasLayer(place: KerasPlace): void {
  const { keras, network, measured } = place
  const { layer, inputs, output } = measured
  const { name } = layer
  const sources = inputs.map(({ from }) => from)
  const own = (...roles: readonly string[]): Weights[] => roles.map((role) => weightsOf(network, `${name}/${role}`))
  switch (layer.kind) {
    case 'conv':
    case 'depthwise-conv': {
      const { kernel, stride, padding, bias } = layer
      const weights = own('kernel', ...(bias ? ['bias'] : []))
      const window = {
        kernel_size: [kernel.height, kernel.width],
        strides: [stride, stride],
        padding,
        use_bias: bias,
        ...trained(layer),
      }
      if (layer.kind === 'conv')
        keras.add('Conv2D', name, sources, output, { filters: layer.filters, ...window }, weights)
      else {
        const settings = { depth_multiplier: layer.multiplier, ...window }
        keras.add('DepthwiseConv2D', name, sources, output, settings, weights)
      }
      return
    }
    case 'batch-norm': {
      const { epsilon, momentum } = layer
      const weights = own('scale', 'shift', 'mean', 'variance')
      const settings = { epsilon, momentum, ...trained(layer) }
      keras.add('BatchNormalization', name, sources, output, settings, weights)
      return
    }
    case 'activation':
      activated(keras, layer.function, name, sources[0], output)
      return
    case 'max-pool':
    case 'average-pool': {
      const { size, stride, padding } = layer
      const settings = { pool_size: [size, size], strides: [stride, stride], padding }
      pool(place, layer, layer.kind === 'max-pool' ? 'MaxPooling2D' : 'AveragePooling2D', settings)
      return
    }
    case 'global-max-pool':
      pool(place, layer, 'GlobalMaxPooling2D', {})
      return
    case 'global-average-pool':
      pool(place, layer, 'GlobalAveragePooling2D', {})
      return
    case 'flatten':
      keras.add('Flatten', name, sources, output)
      return
    case 'dense': {
      const { units, bias } = layer
      const settings = { units, use_bias: bias, ...trained(layer) }
      keras.add('Dense', name, sources, output, settings, own('kernel', ...(bias ? ['bias'] : [])))
      return
    }
    case 'dropout':
      keras.add('Dropout', name, sources, output, { rate: layer.rate })
      return
    case 'scale':
      keras.add('Rescaling', name, sources, output, { scale: layer.factor, offset: 0 })
      return
    case 'add':
      keras.add('Add', name, sources, output)
      return
    case 'concat':
      keras.add('Concatenate', name, sources, output, { axis: -1 })
      return
  }
}
