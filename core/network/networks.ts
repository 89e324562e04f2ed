import type { ConvInitializer } from '../layers/parts/initializer.ts'
import type { Layer } from '../layers/registry.ts'
import type { Model } from './model.ts'

/** Builds a network for an image and a number of classes. */
export type NetworkBuilder = (input: Model['input'], classes: number) => Model

const pool = { kind: 'max-pool', size: 2, stride: 2, padding: 'valid', scaling: null } as const

/**
 * How often an image must be halved to come to about 28 pixels, the size that the networks were made for: not at all up
 * to 39, once up to 79. The cost of a network grows with its number of pixels, and most of it lies in the layers after
 * the first.
 */
function halvings({ height, width }: Model['input']): number {
  return Math.max(0, Math.round(Math.log2(Math.max(height, width) / 28)))
}

/**
 * The lab's own network: two convolutions of 5x5 and 64 filters, three dense layers, softmax. Needs images of at least
 * 4x4. For larger images the first convolution has a larger stride, so that the later layers are as for 24x24.
 */
export function seedNetwork(input: Model['input'], classes: number): Model {
  const initializer = 'glorot-uniform'
  const conv = {
    kind: 'conv',
    filters: 64,
    kernel: { height: 5, width: 5 },
    stride: 1,
    padding: 'same',
    bias: true,
    initializer,
  } as const
  const relu = { kind: 'activation', function: { kind: 'relu' } } as const
  const dense = { kind: 'dense', bias: true, initializer } as const
  return {
    input,
    layers: [
      { ...conv, name: 'conv_1', stride: 2 ** halvings(input) },
      { kind: 'batch-norm', name: 'norm_1', epsilon: 1e-3, momentum: 0.9 },
      { ...relu, name: 'relu_1' },
      { ...pool, name: 'pool_1' },
      { ...conv, name: 'conv_2' },
      { ...relu, name: 'relu_2' },
      { ...pool, name: 'pool_2' },
      { kind: 'flatten', name: 'flatten' },
      { ...dense, name: 'fc_1', units: 256 },
      { ...relu, name: 'relu_3' },
      { ...dense, name: 'fc_2', units: 128 },
      { ...relu, name: 'relu_4' },
      { ...dense, name: 'classes', units: classes },
    ],
    head: { kind: 'softmax', labelSmoothing: 0 },
  }
}

/**
 * Convolution `number` of 3x3 without bias, pooled or not, batch normalisation, ReLU. ReLU after the pool gives what it
 * gives before it, at a quarter of the work.
 */
function convolution(
  number: number,
  filters: number,
  pooled: boolean,
  initializer: ConvInitializer = 'he-normal',
): Layer[] {
  return [
    {
      kind: 'conv',
      name: `conv_${number}`,
      filters,
      kernel: { height: 3, width: 3 },
      stride: 1,
      padding: 'same',
      bias: false,
      initializer,
    },
    ...(pooled ? [{ ...pool, name: `pool_${number}` }] : []),
    { kind: 'batch-norm', name: `norm_${number}`, epsilon: 1e-5, momentum: 0.9 },
    { kind: 'activation', name: `relu_${number}`, function: { kind: 'relu' } },
  ]
}

/** The largest value of each map, and a number for each class. */
function classifier(name: string, classes: number): Layer[] {
  return [
    { kind: 'global-max-pool', name, scaling: null },
    { kind: 'dense', name: 'classes', units: classes, bias: true, initializer: 'glorot-uniform' },
  ]
}

/**
 * Filters of the pooled convolutions in front of a network whose first convolution has `filters`: one for each halving
 * of the image, each with half the filters of the next.
 */
function filtersBefore(input: Model['input'], filters: number): number[] {
  return Array.from({ length: halvings(input) }, (_, before) => Math.max(8, filters / 2 ** (before + 1))).reverse()
}

/**
 * Four convolutions. A max pool follows each of the first three, a global one the last. Larger images are halved by
 * pooled convolutions in front. Needs images of at least 8x8.
 */
function pooledNetwork(filters: readonly [number, number, number, number]): NetworkBuilder {
  return (input, classes) => {
    const all = [...filtersBefore(input, filters[0]), ...filters]
    return {
      input,
      layers: [
        ...all.flatMap((count, index) => convolution(index + 1, count, index < all.length - 1)),
        ...classifier(`pool_${all.length}`, classes),
      ],
      head: { kind: 'softmax', labelSmoothing: 0.1 },
    }
  }
}

/** A small network that learns quickly. Made for colour images of 24x24. */
export const quickNetwork = pooledNetwork([32, 64, 128, 128])

/** Two thirds of the multiply-adds of the Quick network, for images that are grey and simple. */
export const smallNetwork = pooledNetwork([32, 48, 96, 96])

/**
 * A 2x2 convolution that whitens the image. Its filters are the principal components of the patches, each with its
 * negative; only its bias is trained.
 */
function whitening({ channels }: Model['input']): Layer[] {
  return [
    {
      kind: 'conv',
      name: 'conv_1',
      filters: 8 * channels,
      kernel: { height: 2, width: 2 },
      stride: 1,
      padding: 'valid',
      bias: true,
      initializer: 'whitening',
    },
    { kind: 'activation', name: 'relu_1', function: { kind: 'relu' } },
  ]
}

/**
 * A whitening convolution and three blocks of two more, the first of each pooled, with 64, 128 and 256 filters; all of
 * them begin as identities. The plan of airbench94 (Jordan 2024), which comes from ResNet-9 (Page 2018), with
 * fewer filters and without its biases' own learning rate. Made for 28x28 images; needs at least 9x9. Larger ones are
 * halved by pooled convolutions before the blocks.
 */
export function deepNetwork(input: Model['input'], classes: number): Model {
  const before = filtersBefore(input, 64).map((filters) => ({ filters, pooled: true }))
  const blocks = [64, 128, 256].flatMap((filters) => [
    { filters, pooled: true },
    { filters, pooled: false },
  ])
  const convolutions = [...before, ...blocks]
  return {
    input,
    layers: [
      ...whitening(input),
      ...convolutions.flatMap(({ filters, pooled }, index) => convolution(index + 2, filters, pooled, 'identity')),
      ...classifier(`pool_${convolutions.length + 2}`, classes),
      { kind: 'scale', name: 'logits', factor: 1 / 9 },
    ],
    head: { kind: 'softmax', labelSmoothing: 0.2 },
  }
}
