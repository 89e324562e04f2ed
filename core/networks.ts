import type { Layer, Model } from './model.ts'

/** Builds a network for an image and a number of classes. */
export type NetworkBuilder = (input: Model['input'], classes: number) => Model

const pool = { kind: 'max-pool', size: 2, stride: 2, padding: 'valid', scaling: null } as const

/**
 * How often the maps of an image must be halved so that they come to about the 28 pixels that the networks were made for: not at all up to 39, once up to 79.
 * What a network costs grows with the number of its pixels, and most of it lies in the layers after the first.
 */
function halvings({ height, width }: Model['input']): number {
  return Math.max(0, Math.round(Math.log2(Math.max(height, width) / 28)))
}

/**
 * The lab's own network: two convolutions of 5x5 and 64 filters, three dense layers, softmax. Needs images of at least 4x4. Over larger images the first
 * convolution goes in larger steps, so that what follows is as it is for 24x24.
 */
export function seedNetwork(input: Model['input'], classes: number): Model {
  const initializer = 'glorot-uniform'
  const conv = { kind: 'conv', filters: 64, kernel: { height: 5, width: 5 }, stride: 1, padding: 'same', bias: true, initializer } as const
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

/** Convolution `number` of 3x3 without bias, pooled or not, batch normalisation, ReLU. ReLU after the pool gives what it gives before it, at a quarter of the work. */
function convolution(number: number, filters: number, pooled: boolean): Layer[] {
  return [
    { kind: 'conv', name: `conv_${number}`, filters, kernel: { height: 3, width: 3 }, stride: 1, padding: 'same', bias: false, initializer: 'he-normal' },
    ...(pooled ? [{ ...pool, name: `pool_${number}` }] : []),
    { kind: 'batch-norm', name: `norm_${number}`, epsilon: 1e-5, momentum: 0.9 },
    { kind: 'activation', name: `relu_${number}`, function: { kind: 'relu' } },
  ]
}

/** Convolution `number` that adds to what comes in, once it is normalised (He et al. 2016): from `relu_<number - 1>`, of as many filters. */
function residual(number: number, filters: number): Layer[] {
  return [...convolution(number, filters, false), { kind: 'add', name: `sum_${number}`, from: [`relu_${number - 1}`, `relu_${number}`] }]
}

/** The largest value of each map, and a logit for each class. */
function classifier(name: string, classes: number): Layer[] {
  return [
    { kind: 'global-max-pool', name, scaling: null },
    { kind: 'dense', name: 'classes', units: classes, bias: true, initializer: 'glorot-uniform' },
  ]
}

/** Filters of the pooled convolutions that go before a network of `filters` at first, as many as halve its maps often enough: half as many filters with each further up. */
function filtersBefore(input: Model['input'], filters: number): number[] {
  return Array.from({ length: halvings(input) }, (_, before) => Math.max(8, filters / 2 ** (before + 1))).reverse()
}

/** Four convolutions, the first three pooled on the way, the last over its whole map; before them one more pooled one for each time that larger images are to be halved. Needs images of at least 8x8. */
function pooledNetwork(filters: readonly [number, number, number, number]): NetworkBuilder {
  return (input, classes) => {
    const all = [...filtersBefore(input, filters[0]), ...filters]
    return {
      input,
      layers: [...all.flatMap((count, index) => convolution(index + 1, count, index < all.length - 1)), ...classifier(`pool_${all.length}`, classes)],
      head: { kind: 'softmax', labelSmoothing: 0.1 },
    }
  }
}

/** A small network that learns quickly. Made for colour images of 24x24. */
export const quickNetwork = pooledNetwork([32, 64, 128, 128])

/** Two thirds of the multiply-adds of the Quick network, for images that are grey and simple. */
export const smallNetwork = pooledNetwork([32, 48, 96, 96])

/**
 * Six convolutions: one over the whole image, three pooled ones of more and more filters, the last two of them followed by one that adds to what comes in. The plan of airbench (Jordan 2024)
 * and of ResNet-9 (Page 2018), with fewer filters where the maps are large. Made for 28x28 images; needs at least 8x8. Larger ones are halved by pooled convolutions before.
 */
export function deepNetwork(input: Model['input'], classes: number): Model {
  const before = filtersBefore(input, 24)
  const first = before.length + 1
  return {
    input,
    layers: [
      ...before.flatMap((count, index) => convolution(index + 1, count, true)),
      ...convolution(first, 24, false),
      ...convolution(first + 1, 64, true),
      ...convolution(first + 2, 128, true),
      ...residual(first + 3, 128),
      ...convolution(first + 4, 256, true),
      ...residual(first + 5, 256),
      ...classifier(`pool_${first + 5}`, classes),
    ],
    head: { kind: 'softmax', labelSmoothing: 0.2 },
  }
}
