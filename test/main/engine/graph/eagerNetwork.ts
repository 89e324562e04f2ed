import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-node'
import { imageName } from '../../../../core/layers/parts/fields.ts'
import type { Layer } from '../../../../core/layers/registry.ts'
import type { Model } from '../../../../core/network/model.ts'
import { loadTensorflow } from '../../../../main/engine/process/tensorflow.ts'

/** Values by the names of their variables. */
export type Weights = ReadonlyMap<string, Tensor>

function weightOf(weights: Weights, layer: Layer, role: string): Tensor {
  const weight = weights.get(`${layer.name}/${role}`)
  if (weight === undefined) throw new Error(`there is no ${layer.name}/${role}`)
  return weight
}

function layerOutput(layer: Layer, inputs: readonly Tensor[], weights: Weights): Tensor {
  const tf = loadTensorflow()
  const weight = (role: string): Tensor => weightOf(weights, layer, role)
  const maps = inputs[0] as Tensor4D
  const biased = (output: Tensor, { bias }: { bias: boolean }): Tensor =>
    bias ? tf.add(output, weight('bias')) : output
  switch (layer.kind) {
    case 'conv':
      return biased(tf.conv2d(maps, weight('kernel') as Tensor4D, layer.stride, layer.padding), layer)
    case 'depthwise-conv':
      return biased(tf.depthwiseConv2d(maps, weight('kernel') as Tensor4D, layer.stride, layer.padding), layer)
    case 'batch-norm':
      return tf.batchNorm(
        maps,
        weight('mean') as Tensor1D,
        weight('variance') as Tensor1D,
        weight('shift') as Tensor1D,
        weight('scale') as Tensor1D,
        layer.epsilon,
      )
    case 'activation':
      return layer.function.kind === 'relu' ? tf.relu(maps) : tf.tanh(maps)
    case 'max-pool':
      return tf.maxPool(maps, layer.size, layer.stride, layer.padding)
    case 'average-pool':
      return tf.avgPool(maps, layer.size, layer.stride, layer.padding)
    case 'global-max-pool':
      return tf.max(maps, [1, 2])
    case 'global-average-pool':
      return tf.mean(maps, [1, 2])
    case 'add':
      return tf.addN([...inputs])
    case 'concat':
      return tf.concat([...inputs], inputs[0].rank - 1)
    case 'dropout':
      return maps
    case 'scale':
      return tf.mul(maps, layer.factor)
    case 'flatten':
      return maps.reshape([maps.shape[0], -1])
    case 'dense':
      return biased(tf.matMul(inputs[0], weight('kernel')), layer)
    default:
      throw new Error(`no operation of tfjs is known here for ${JSON.stringify(layer)}`)
  }
}

/**
 * The logits of images, layer by layer as the model has them, by tfjs's own operations and with the running statistics.
 */
export function eagerLogits(model: Model, weights: Weights, images: Tensor4D): Tensor2D {
  const outputs = new Map<string, Tensor>([[imageName, images]])
  let last: Tensor = images
  for (const layer of model.layers) {
    const from = layer.from === undefined ? null : typeof layer.from === 'string' ? [layer.from] : layer.from
    const inputs = from === null ? [last] : from.map((name) => outputs.get(name) ?? images)
    last = layerOutput(layer, inputs, weights)
    outputs.set(layer.name, last)
  }
  return last as Tensor2D
}
