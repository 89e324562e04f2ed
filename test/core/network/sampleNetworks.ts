import type { Layer } from '../../../core/layers/registry.ts'
import type { Network } from '../../../core/network/network.ts'

/** A convolution of `size` x `size` with stride 1 and a bias. */
export function conv(name: string, filters: number, size: number, padding: 'same' | 'valid' = 'same'): Layer {
  const kernel = { height: size, width: size }
  return { kind: 'conv', name, filters, kernel, stride: 1, padding, bias: true, initializer: 'glorot-uniform' }
}

/** A mean over windows of 2 x 2. */
export function halving(name: string): Layer {
  return { kind: 'average-pool', name, size: 2, stride: 2, padding: 'valid', scaling: null }
}

export function dense(name: string, units: number): Layer {
  return { kind: 'dense', name, units, bias: true, initializer: 'glorot-uniform' }
}

export function tanh(name: string): Layer {
  return { kind: 'activation', name, function: { kind: 'tanh' } }
}

/** LeNet-5 (LeCun et al. 1998) as it is taught, with all maps joined; on 28 x 28 images padded to 32 x 32. */
export const leNet5: Network = {
  layers: [
    conv('c1', 6, 5),
    tanh('tanh_1'),
    halving('s2'),
    conv('c3', 16, 5, 'valid'),
    tanh('tanh_2'),
    halving('s4'),
    { kind: 'flatten', name: 'flatten' },
    dense('f5', 120),
    tanh('tanh_3'),
    dense('f6', 84),
    tanh('tanh_4'),
    dense('classes', 10),
  ],
  head: { kind: 'softmax', labelSmoothing: 0 },
}

/** Grey images of 28 x 28 in ten classes, as MNIST has them. */
export const digits = { input: { height: 28, width: 28, channels: 1 }, classes: 10 } as const

/** With a sum and two kinds of maps behind each other. */
export const branched: Network = {
  layers: [
    { ...conv('conv_1', 8, 3), bias: false } as Layer,
    { kind: 'batch-norm', name: 'norm_1', epsilon: 1e-3, momentum: 0.99 },
    { kind: 'activation', name: 'relu_1', function: { kind: 'relu' } },
    conv('conv_2', 8, 3),
    { kind: 'add', name: 'sum', from: ['relu_1', 'conv_2'] },
    { kind: 'concat', name: 'both', from: ['sum', 'conv_1'] },
    { kind: 'global-average-pool', name: 'pool', scaling: null },
    { kind: 'dropout', name: 'dropout', rate: 0.5 },
    dense('classes', 10),
  ],
  head: { kind: 'softmax', labelSmoothing: 0 },
}

/** Colour images of 32 x 32 in ten classes, as CIFAR-10 has them. */
export const pictures = { input: { height: 32, width: 32, channels: 3 }, classes: 10 } as const
