import { afterAll, describe, expect, test } from 'vitest'
import { mapExtents, mapsIn } from '../../../../core/inspect/mapFigures.ts'
import { measure, variablesOf } from '../../../../core/network/geometry.ts'
import type { Model } from '../../../../core/network/model.ts'
import { receptiveField, type Rectangle } from '../../../../core/network/receptiveField.ts'
import { sizeOf } from '../../../../core/network/shapes.ts'
import { InspectedNetwork } from '../../../../main/engine/inspect/inspectedNetwork.ts'
import { randomNumbers } from '../graph/numbers.ts'

const conv = { kind: 'conv', filters: 3, bias: true, initializer: 'he-normal' } as const
const leaky = { kind: 'activation', function: { kind: 'leaky-relu', slope: 0.5 } } as const
const dense = { kind: 'dense', units: 3, bias: true, initializer: 'glorot-uniform' } as const
const head = { kind: 'softmax', labelSmoothing: 0 } as const

const networks: Record<string, Model> = {
  'windows of odd sizes and strides': {
    input: { height: 13, width: 11, channels: 3 },
    layers: [
      { ...conv, name: 'same', kernel: { height: 4, width: 3 }, stride: 2, padding: 'same' },
      { ...leaky, name: 'leaky' },
      { kind: 'max-pool', name: 'pool', size: 2, stride: 1, padding: 'same', scaling: null },
      {
        kind: 'depthwise-conv',
        name: 'deep',
        multiplier: 2,
        kernel: { height: 2, width: 3 },
        stride: 2,
        padding: 'valid',
        bias: false,
        initializer: 'he-normal',
      },
      { kind: 'flatten', name: 'flatten' },
      { ...dense, name: 'classes' },
    ],
    head,
  },
  'values left out between windows and at the end': {
    input: { height: 12, width: 10, channels: 1 },
    layers: [
      { kind: 'average-pool', name: 'apart', size: 2, stride: 3, padding: 'same', scaling: null },
      { ...conv, name: 'wide', kernel: { height: 3, width: 3 }, stride: 1, padding: 'same' },
      { ...conv, name: 'last', kernel: { height: 2, width: 1 }, stride: 2, padding: 'valid' },
      { kind: 'global-average-pool', name: 'mean', scaling: null },
      { ...dense, name: 'classes' },
    ],
    head,
  },
  branches: {
    input: { height: 9, width: 8, channels: 3 },
    layers: [
      { ...conv, name: 'stem', kernel: { height: 1, width: 1 }, stride: 1, padding: 'same' },
      { ...conv, name: 'wide', kernel: { height: 1, width: 5 }, stride: 1, padding: 'same' },
      { ...conv, name: 'high', from: 'stem', kernel: { height: 5, width: 1 }, stride: 1, padding: 'same' },
      { kind: 'add', name: 'sum', from: ['high', 'wide', 'input'] },
      { kind: 'concat', name: 'joined', from: ['stem', 'sum', 'wide'] },
      { kind: 'batch-norm', name: 'norm', epsilon: 1e-3, momentum: 0.9 },
      { ...conv, name: 'end', kernel: { height: 2, width: 2 }, stride: 2, padding: 'valid' },
      { kind: 'flatten', name: 'flatten' },
      { kind: 'concat', name: 'twice', from: ['flatten', 'flatten'] },
      { ...dense, name: 'classes' },
    ],
    head,
  },
}

/** Weights of one size, so that no way through the network is lost beside the others. */
function weightsFor(model: Model) {
  return new Map(
    variablesOf(model).map(({ name, shape }, index) => [
      name,
      {
        shape,
        data: randomNumbers(sizeOf(shape), index).map((value) =>
          value < 0 && !name.endsWith('/variance') ? value - 0.5 : value + 1.5,
        ),
      },
    ]),
  )
}

/** Equal images of a batch may be rounded otherwise, as its last ones are; what a changed pixel does is far larger. */
const rounding = 1e-3

/** An image, and behind it one for each pixel with that pixel far higher, then far lower. */
function changedImages({ height, width, channels }: Model['input']): Float32Array {
  const size = height * width * channels
  const image = randomNumbers(size, 99)
  const all = new Float32Array(size * (1 + 2 * height * width))
  for (let at = 0; at < all.length; at += size) all.set(image, at)
  for (const [round, change] of [1000, -1000].entries()) {
    for (let pixel = 0; pixel < height * width; pixel += 1) {
      const first = (1 + round * height * width + pixel) * size + pixel * channels
      for (let channel = 0; channel < channels; channel += 1) all[first + channel] += change
    }
  }
  return all
}

describe.each(Object.entries(networks))('%s', (_, model) => {
  const network = new InspectedNetwork(model)
  afterAll(() => network.dispose())
  network.write(weightsFor(model))
  const images = changedImages(model.input)
  const { height, width } = model.input

  test.each(measure(model).map(({ layer, output }) => [layer.name, output] as const))(
    'the pixels that change a value of %s are in its receptive field, up to each of its edges',
    (layer, output) => {
      const values = network.output(layer, images)
      const size = sizeOf(output)
      const extents = mapExtents(output)
      for (let index = 0; index < size; index += 1) {
        const place = Math.floor(index / mapsIn(output))
        const at = { map: index % mapsIn(output), y: Math.floor(place / extents.width), x: place % extents.width }
        const changed = Array.from({ length: height * width }, (_, pixel) => pixel).filter((pixel) =>
          [pixel + 1, pixel + 1 + height * width].some(
            (image) => Math.abs(values[image * size + index] - values[index]) > rounding,
          ),
        )
        const rows = changed.map((pixel) => Math.floor(pixel / width))
        const columns = changed.map((pixel) => pixel % width)
        const [top, left] = [Math.min(...rows), Math.min(...columns)]
        const found: Rectangle = {
          top,
          left,
          height: Math.max(...rows) + 1 - top,
          width: Math.max(...columns) + 1 - left,
        }
        expect({ at, ...receptiveField(model, layer, at).seen }).toEqual({ at, ...found })
      }
    },
  )
})
