import type { Tensor4D } from '@tensorflow/tfjs-node'
import { afterAll, describe, expect, it } from 'vitest'
import type { ConvLayer } from '../../../../core/layers/conv.ts'
import { sizeOf } from '../../../../core/network/shapes.ts'
import { productsOf } from '../../../../core/layers/transforms/axisCorrelation.ts'
import { throughTransforms } from '../../../../core/layers/transforms/convForm.ts'
import * as circle from '../../../../core/layers/transforms/cyclicCorrelation.ts'
import { processor } from '../../../../main/engine/process/processor.ts'
import { loadTensorflow, type Tensorflow } from '../../../../main/engine/process/tensorflow.ts'
import { type MapSize, openLayer, someVariables, type Values } from './layerProbe.ts'
import { differences, randomNumbers } from './numbers.ts'

function conv(filters: number, height: number, width: number, bias: boolean): ConvLayer {
  return {
    kind: 'conv',
    name: 'layer',
    filters,
    kernel: { height, width },
    stride: 1,
    padding: 'same',
    bias,
    initializer: 'he-normal',
  }
}

/** A convolution by TensorFlow's own operation, and its gradients. */
function expected(
  tf: Tensorflow,
  batch: number,
  layer: ConvLayer,
  input: MapSize,
  x: Float32Array,
  variables: Values,
  gradient: Float32Array,
): Values {
  const { height, width, channels } = input
  const { kernel, filters } = layer
  return tf.tidy(() => {
    const image = tf.tensor4d(x, [batch, height, width, channels])
    const weights = tf.tensor4d(variables.kernel, [kernel.height, kernel.width, channels, filters])
    const convolved = (a: Tensor4D, b: Tensor4D): Tensor4D => tf.conv2d(a, b, 1, 'same')
    const [byInput, byKernel] = tf.grads((a, b) => convolved(a.as4D(...image.shape), b.as4D(...weights.shape)))(
      [image, weights],
      tf.tensor4d(gradient, [batch, height, width, filters]),
    )
    const output = convolved(image, weights)
    const withBias = layer.bias ? tf.add(output, tf.tensor1d(variables.bias)) : output
    return Object.fromEntries(
      Object.entries({ output: withBias, input: byInput, kernel: byKernel }).map(([name, tensor]) => [
        name,
        Float32Array.from(tensor.dataSync()),
      ]),
    )
  })
}

/** Within this share of the largest value. */
function near(actual: Float32Array, wanted: Float32Array, share: number): unknown[] {
  const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const scaled = (values: Float32Array): Float32Array => values.map((value) => value / largest)
  return differences(scaled(actual), scaled(wanted), share)
}

describe.each([
  ['the second convolution of the Lab network', conv(64, 5, 5, true), { height: 12, width: 12, channels: 64 }, 4],
  [
    'a map that is not square, with a kernel of even width',
    conv(96, 5, 4, true),
    { height: 9, width: 14, channels: 96 },
    2,
  ],
  ['a map as small as its kernel', conv(128, 3, 3, false), { height: 3, width: 3, channels: 128 }, 5],
  ['a single image', conv(256, 3, 3, false), { height: 7, width: 7, channels: 128 }, 1],
  [
    'the third convolution of the Quick network, in tiles',
    conv(128, 3, 3, false),
    { height: 6, width: 6, channels: 64 },
    3,
  ],
] as const)('%s', (_title, layer, input, batch) => {
  // Tiles of eight products cost a digit.
  const share =
    productsOf(input.height, layer.kernel.height) < circle.productsOf(input.height, layer.kernel.height) ? 5e-5 : 5e-6
  const probe = openLayer(layer, input, batch)
  afterAll(() => probe.dispose())
  const x = randomNumbers(sizeOf(probe.inputShape), 7)
  const gradient = randomNumbers(sizeOf(probe.outputShape), 8)
  const variables = someVariables(probe.geometry, randomNumbers)

  it('goes through transforms, and gives what TensorFlow’s own convolution and its gradients give', () => {
    expect(
      throughTransforms(
        { layer, input: [input.height, input.width, input.channels], filters: layer.filters },
        processor,
      ),
    ).toBe(true)
    const wanted = expected(loadTensorflow(), batch, layer, input, x, variables, gradient)
    const { output } = probe.forward(x, variables)
    const gradients = probe.gradients(x, variables, gradient)
    expect(near(output, wanted.output, share)).toEqual([])
    expect(near(gradients.input, wanted.input, share)).toEqual([])
    expect(near(gradients.kernel, wanted.kernel, share)).toEqual([])
  })

  it('gives the same bits again', () => {
    expect(probe.gradients(x, variables, gradient)).toEqual(probe.gradients(x, variables, gradient))
  })
})

describe('a convolution stays TensorFlow’s own operation', () => {
  const wide = { height: 12, width: 12 }
  const extents = (layer: ConvLayer, channels: number) => ({
    layer,
    input: [wide.height, wide.width, channels] as const,
    filters: layer.filters,
  })
  it.each([
    ['where it steps', extents({ ...conv(64, 5, 5, true), stride: 2 }, 64)],
    ['where it is not padded', extents({ ...conv(64, 5, 5, true), padding: 'valid' }, 64)],
    ['where there are few channels', extents(conv(64, 5, 5, true), 3)],
    ['where the kernel is one pixel', extents(conv(64, 1, 1, true), 64)],
    ['where the kernel is larger than the map', extents(conv(64, 13, 13, true), 64)],
  ])('%s', (_where, of) => {
    expect(throughTransforms(of, processor)).toBe(false)
  })
})
