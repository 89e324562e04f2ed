import type { Layer } from '../layers/registry.ts'
import type { Network } from '../network/network.ts'

/** A convolution with ReLU and a pool, all of one number. */
function block(number: number, filters: number, side: number): Layer[] {
  return [
    {
      kind: 'conv',
      name: `conv_${number}`,
      filters,
      kernel: { height: side, width: side },
      stride: 1,
      padding: 'same',
      bias: true,
      initializer: 'he-normal',
    },
    { kind: 'activation', name: `relu_${number}`, function: { kind: 'relu' } },
    { kind: 'max-pool', name: `pool_${number}`, size: 2, stride: 2, padding: 'valid', scaling: null },
  ]
}

/**
 * The network of the example: three small convolutions and one dense layer, so few values that its checkpoints are a few
 * kilobytes, and that each of its filters can be looked at.
 */
export const exampleNetwork: Network = {
  layers: [
    ...block(1, 8, 5),
    ...block(2, 10, 3),
    ...block(3, 12, 3),
    { kind: 'flatten', name: 'flatten' },
    { kind: 'dense', name: 'classes', units: 6, bias: true, initializer: 'glorot-uniform' },
  ],
  head: { kind: 'softmax', labelSmoothing: 0 },
}
