import type { LayersModel, Optimizer, SymbolicTensor, Tensor } from '@tensorflow/tfjs-node'
import type { Layer } from '../../core/layers/registry.ts'
import type { Model } from '../../core/network/model.ts'
import type { RunConfig } from '../../core/run/run.ts'
import type { Tensorflow } from '../../main/engine/process/tensorflow.ts'

function unknown(layer: Layer): never {
  throw new Error(`the peer for tfjs-node does not know the layer ${layer.name} as it is`)
}

/** Weight decay as tfjs has it: a penalty in the loss whose gradient is `weightDecay` times the kernel. */
function decayOf(tf: Tensorflow, { optimizer }: Pick<RunConfig, 'optimizer'>) {
  const decay = optimizer.kind === 'sgd' ? optimizer.weightDecay : 0
  return decay === 0 ? {} : { kernelRegularizer: tf.regularizers.l2({ l2: decay / 2 }) }
}

function layerOf(tf: Tensorflow, layer: Layer, config: RunConfig) {
  switch (layer.kind) {
    case 'conv': {
      const { filters, kernel, stride, padding, bias } = layer
      return tf.layers.conv2d({
        filters,
        kernelSize: [kernel.height, kernel.width],
        strides: stride,
        padding,
        useBias: bias,
        kernelInitializer: layer.initializer.startsWith('he') ? 'heNormal' : 'glorotUniform',
        ...decayOf(tf, config),
      })
    }
    case 'batch-norm':
      return tf.layers.batchNormalization({ momentum: layer.momentum, epsilon: layer.epsilon })
    case 'activation':
      return layer.function.kind === 'relu' ? tf.layers.activation({ activation: 'relu' }) : unknown(layer)
    case 'max-pool':
      return layer.scaling === null
        ? tf.layers.maxPooling2d({ poolSize: layer.size, strides: layer.stride, padding: layer.padding })
        : unknown(layer)
    case 'global-max-pool':
      return layer.scaling === null ? tf.layers.globalMaxPooling2d({}) : unknown(layer)
    case 'global-average-pool':
      return layer.scaling === null ? tf.layers.globalAveragePooling2d({}) : unknown(layer)
    case 'flatten':
      return tf.layers.flatten()
    case 'dense':
      return tf.layers.dense({ units: layer.units, useBias: layer.bias, ...decayOf(tf, config) })
    case 'dropout':
      return tf.layers.dropout({ rate: layer.rate })
    case 'scale':
      return tf.layers.rescaling({ scale: layer.factor })
    default:
      return unknown(layer)
  }
}

function optimizerOf(tf: Tensorflow, { optimizer, schedule }: RunConfig): Optimizer {
  const { learningRate } = schedule
  switch (optimizer.kind) {
    case 'adam':
      return tf.train.adam(learningRate, optimizer.beta1, optimizer.beta2, optimizer.epsilon)
    case 'sgd':
      return tf.train.momentum(learningRate, optimizer.momentum, optimizer.nesterov)
    case 'adamw':
      throw new Error('tfjs-node has no AdamW')
  }
}

function smoothingOf({ head }: Model): number {
  return head.kind === 'softmax' ? head.labelSmoothing : 0
}

/** A network in tfjs's layers, which gives logits, compiled with the loss and optimizer of its configuration. */
export function tfjsNetwork(tf: Tensorflow, config: RunConfig): LayersModel {
  const { input, layers } = config.model
  const image = tf.input({ shape: [input.height, input.width, input.channels] })
  const logits = layers.reduce<SymbolicTensor>((before, layer) => {
    if (layer.from !== undefined) return unknown(layer)
    const after = layerOf(tf, layer, config).apply(before)
    return after instanceof tf.SymbolicTensor ? after : unknown(layer)
  }, image)
  const model = tf.model({ inputs: image, outputs: logits })
  const loss = (wanted: Tensor, given: Tensor): Tensor =>
    tf.losses.softmaxCrossEntropy(wanted, given, undefined, smoothingOf(config.model))
  model.compile({ optimizer: optimizerOf(tf, config), loss, metrics: ['accuracy'] })
  return model
}
