import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-node'
import type { ActivationFunction } from '../../../../core/layers/parts/activationFunction.ts'
import type { Layer } from '../../../../core/layers/registry.ts'
import type { Model } from '../../../../core/network/model.ts'
import type { Padding } from '../../../../core/network/windows.ts'
import type { Tensorflow } from '../../../../main/engine/process/tensorflow.ts'

/**
 * A layer on an odd shape, with the same function written in tfjs's own operations, whose gradients tfjs derives
 * itself.
 */
export interface LayerCase {
  readonly title: string
  readonly layer: Layer
  readonly input: Model['input']
  readonly batch: number
  /** Of the numbers that go in. */
  readonly seed?: number
  readonly eager: (tf: Tensorflow, input: Tensor, variable: (role: string) => Tensor) => Tensor
}

const odd = { height: 5, width: 7, channels: 3 } as const

type Kernel = readonly [height: number, width: number]

function conv(
  title: string,
  kernel: Kernel,
  stride: number,
  padding: Padding,
  { batch = 3, input = odd, bias = true }: { batch?: number; input?: Model['input']; bias?: boolean } = {},
): LayerCase {
  const [height, width] = kernel
  return {
    title: `convolution ${title}`,
    layer: {
      kind: 'conv',
      name: 'layer',
      filters: 4,
      kernel: { height, width },
      stride,
      padding,
      bias,
      initializer: 'glorot-uniform',
    },
    input,
    batch,
    eager: (tf, x, variable) => {
      const convolved = tf.conv2d<Tensor4D>(
        x.as4D(batch, input.height, input.width, input.channels),
        variable('kernel').as4D(height, width, input.channels, 4),
        stride,
        padding,
      )
      return bias ? tf.add(convolved, variable('bias')) : convolved
    },
  }
}

function depthwise(
  title: string,
  kernel: Kernel,
  stride: number,
  padding: Padding,
  multiplier: number,
  bias: boolean,
): LayerCase {
  const [height, width] = kernel
  return {
    title: `depthwise convolution ${title}`,
    layer: {
      kind: 'depthwise-conv',
      name: 'layer',
      multiplier,
      kernel: { height, width },
      stride,
      padding,
      bias,
      initializer: 'glorot-uniform',
    },
    input: odd,
    batch: 2,
    eager: (tf, x, variable) => {
      const convolved = tf.depthwiseConv2d<Tensor4D>(
        x.as4D(2, 5, 7, 3),
        variable('kernel').as4D(height, width, 3, multiplier),
        stride,
        padding,
      )
      return bias ? tf.add(convolved, variable('bias')) : convolved
    },
  }
}

const functions: readonly [ActivationFunction, (tf: Tensorflow, x: Tensor) => Tensor][] = [
  [{ kind: 'linear' }, (_tf, x) => x.clone()],
  [{ kind: 'relu' }, (tf, x) => tf.relu(x)],
  [{ kind: 'leaky-relu', slope: 0.3 }, (tf, x) => tf.leakyRelu(x, 0.3)],
  [{ kind: 'elu' }, (tf, x) => tf.elu(x)],
  [{ kind: 'gelu' }, (tf, x) => tf.mul(x, tf.add(tf.mul(tf.erf(tf.mul(x, Math.SQRT1_2)), 0.5), 0.5))],
  [{ kind: 'sigmoid' }, (tf, x) => tf.sigmoid(x)],
  [{ kind: 'tanh' }, (tf, x) => tf.tanh(x)],
]

function pooled(
  tf: Tensorflow,
  kind: 'max-pool' | 'average-pool',
  x: Tensor4D,
  size: number | [number, number],
  stride: number,
  padding: Padding,
): Tensor4D {
  return kind === 'max-pool' ? tf.maxPool(x, size, stride, padding) : tf.avgPool(x, size, stride, padding)
}

function pool(
  kind: 'max-pool' | 'average-pool',
  title: string,
  size: number,
  stride: number,
  padding: Padding,
  input: Model['input'] = odd,
): LayerCase {
  return {
    title: `${kind} ${title}`,
    layer: { kind, name: 'layer', size, stride, padding, scaling: null },
    input,
    batch: 3,
    eager: (tf, x) => pooled(tf, kind, x.as4D(3, input.height, input.width, input.channels), size, stride, padding),
  }
}

/** `f(scale * subsample(x) + shift)` */
function scaledPool(kind: 'max-pool' | 'average-pool', [activation, eager]: (typeof functions)[number]): LayerCase {
  return {
    // With these numbers nothing comes so close to the corner of a ReLU that a difference quotient would step over it.
    seed: 2,
    title: `${kind} 2x2 with scale, shift and ${activation.kind}`,
    layer: { kind, name: 'layer', size: 2, stride: 2, padding: 'same', scaling: { function: activation } },
    input: odd,
    batch: 3,
    eager: (tf, x, variable) =>
      eager(
        tf,
        pooled(tf, kind, x.as4D(3, 5, 7, 3), 2, 2, 'same')
          .mul(variable('scale'))
          .add(variable('shift')),
      ),
  }
}

function globalPool(kind: 'max-pool' | 'average-pool', scaled: boolean): LayerCase {
  return {
    title: `global ${kind}${scaled ? ' with scale, shift and tanh' : ''}`,
    layer: { kind: `global-${kind}`, name: 'layer', scaling: scaled ? { function: { kind: 'tanh' } } : null },
    input: odd,
    batch: 3,
    eager: (tf, x, variable) => {
      const vector = pooled(tf, kind, x.as4D(3, 5, 7, 3), [5, 7], 1, 'valid').reshape([3, 3])
      return scaled ? tf.tanh(vector.mul(variable('scale')).add(variable('shift'))) : vector
    },
  }
}

function dense(bias: boolean): LayerCase {
  return {
    title: `dense ${bias ? 'with' : 'without'} bias`,
    layer: { kind: 'dense', name: 'layer', units: 5, bias, initializer: 'glorot-uniform' },
    input: { height: 2, width: 3, channels: 3 },
    batch: 4,
    eager: (tf, x, variable) => {
      const product = tf.matMul<Tensor2D>(x.as2D(4, 18), variable('kernel').as2D(18, 5))
      return bias ? tf.add(product, variable('bias')) : product
    },
  }
}

export const layerCases: readonly LayerCase[] = [
  conv('3x3, same', [3, 3], 1, 'same'),
  conv('3x3, stride 2, same', [3, 3], 2, 'same'),
  conv('3x3, stride 2, valid, without bias', [3, 3], 2, 'valid', { batch: 2, bias: false }),
  conv('5x5, valid, as large as the image is high', [5, 5], 1, 'valid', { batch: 2 }),
  conv('4x4, stride 3, same, one channel', [4, 4], 3, 'same', {
    batch: 1,
    input: { height: 7, width: 5, channels: 1 },
  }),
  conv('1x1, stride 2, valid', [1, 1], 2, 'valid'),
  conv('7x7, same, larger than the image is high', [7, 7], 1, 'same', { batch: 2 }),
  conv('2x5, same', [2, 5], 1, 'same', { batch: 2 }),
  conv('4x1, stride 2, valid', [4, 1], 2, 'valid', { batch: 2 }),
  depthwise('3x3, same, one kernel a map', [3, 3], 1, 'same', 1, true),
  depthwise('3x2, stride 2, valid, two kernels a map', [3, 2], 2, 'valid', 2, true),
  depthwise('5x5, stride 2, same, three kernels a map, without bias', [5, 5], 2, 'same', 3, false),
  pool('max-pool', '2x2, stride 2, valid', 2, 2, 'valid'),
  pool('max-pool', '3x3, stride 2, same', 3, 2, 'same'),
  pool('max-pool', '3x3, stride 1, valid: windows overlap', 3, 1, 'valid'),
  pool('max-pool', '2x2, stride 3, same: values left out', 2, 3, 'same', { height: 7, width: 8, channels: 1 }),
  pool('average-pool', '2x2, stride 2, valid', 2, 2, 'valid'),
  pool('average-pool', '3x3, stride 2, same: fewer values at the edges', 3, 2, 'same'),
  pool('average-pool', '3x3, stride 1, valid: windows overlap', 3, 1, 'valid'),
  ...functions.map((each) => scaledPool('average-pool', each)),
  scaledPool('max-pool', functions[1]),
  globalPool('max-pool', false),
  globalPool('average-pool', false),
  globalPool('average-pool', true),
  ...functions.map(([activation, eager]): LayerCase => ({
    title: activation.kind,
    layer: { kind: 'activation', name: 'layer', function: activation },
    input: odd,
    batch: 3,
    eager,
  })),
  {
    title: 'scale',
    layer: { kind: 'scale', name: 'layer', factor: 0.125 },
    input: odd,
    batch: 3,
    eager: (tf, x) => tf.mul(x, 0.125),
  },
  {
    title: 'flatten',
    layer: { kind: 'flatten', name: 'layer' },
    input: odd,
    batch: 3,
    eager: (_tf, x) => x.reshape([3, 105]),
  },
  dense(true),
  dense(false),
  {
    title: 'a sum of three',
    layer: { kind: 'add', name: 'layer', from: ['input', 'input', 'input'] },
    input: odd,
    batch: 3,
    eager: (tf, x) => tf.addN([x, x, x]),
  },
  {
    title: 'a concatenation',
    layer: { kind: 'concat', name: 'layer', from: ['input', 'input'] },
    input: odd,
    batch: 2,
    eager: (tf, x) => tf.concat([x, x], 3),
  },
  {
    // What is random has tests of its own.
    title: 'dropout of nothing',
    layer: { kind: 'dropout', name: 'layer', rate: 0 },
    input: odd,
    batch: 2,
    eager: (_tf, x) => x.clone(),
  },
  {
    title: 'batch normalisation',
    layer: { kind: 'batch-norm', name: 'layer', epsilon: 1e-3, momentum: 0.9 },
    input: odd,
    batch: 3,
    eager: (tf, x, variable) => {
      const { mean, variance } = tf.moments(x, [0, 1, 2])
      return x.sub(mean).div(variance.add(1e-3).sqrt()).mul(variable('scale')).add(variable('shift'))
    },
  },
]
