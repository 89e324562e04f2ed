import { describe, expect, test } from 'vitest'
import { chosenImages, vectorsThatFit } from '../../../core/embedding/chosenImages.ts'
import { lastHiddenLayer } from '../../../core/embedding/lastHiddenLayer.ts'
import type { Layer } from '../../../core/layers/registry.ts'
import { presets } from '../../../core/run/presets.ts'
import type { Model } from '../../../core/network/model.ts'

const input = { height: 24, width: 24, channels: 3 } as const
const dense = { kind: 'dense', bias: true, initializer: 'glorot-uniform' } as const

function model(layers: Layer[]): Model {
  return { input, layers, head: { kind: 'softmax', labelSmoothing: 0 } }
}

describe('the test images of a plane', () => {
  const labels = Uint16Array.from({ length: 1000 }, (_, number) => (number < 900 ? number % 3 : 3))

  test('are all where there are no more', () => {
    expect(chosenImages(labels, 1000)).toEqual(Uint32Array.from(labels, (_, number) => number))
    expect(chosenImages(labels, 5000)).toHaveLength(1000)
  })

  test('are as many of each class as far as it has so many', () => {
    const counts = (count: number): number[] => {
      const found = [0, 0, 0, 0]
      for (const number of chosenImages(labels, count)) found[labels[number]] += 1
      return found
    }
    expect(counts(40)).toEqual([10, 10, 10, 10])
    expect(counts(700)).toEqual([200, 200, 200, 100])
    expect(counts(42).toSorted()).toEqual([10, 10, 11, 11])
  })

  test('are drawn, ascending, each once, and the same every time', () => {
    const chosen = [...chosenImages(labels, 42)]
    expect(chosen).toEqual([...new Set(chosen)].toSorted((one, other) => one - other))
    expect(chosen).toEqual([...chosenImages(labels, 42)])
    expect(chosen.some((number, place) => number !== place)).toBe(true)
  })

  test('are no more than fit into memory', () => {
    expect(vectorsThatFit(128)).toBeGreaterThan(5000)
    expect(vectorsThatFit(64 * 64 * 16)).toBe(488)
  })
})

describe('the last hidden layer', () => {
  test.each([
    ['seed', { layer: 'relu_4', width: 128 }],
    ['quick', { layer: 'pool_4', width: 128 }],
  ] as const)('of the preset %s enters the layer that makes the logits', (preset, expected) => {
    expect(lastHiddenLayer(presets[preset].network(input, 10))).toMatchObject({ ...expected, isPixels: false })
  })

  test('is the image where the classifier is the only layer', () => {
    const flat = { kind: 'flatten', name: 'flatten' } as const
    expect(lastHiddenLayer(model([flat, { ...dense, name: 'classes', units: 10 }]))).toEqual({
      layer: 'flatten',
      width: 1728,
      isPixels: true,
    })
  })

  test('is passed by what follows the logits, and is what a merge of branches gives', () => {
    const means = { kind: 'global-average-pool', name: 'means', scaling: null } as const
    const conv = {
      kind: 'conv',
      filters: 10,
      kernel: { height: 1, width: 1 },
      stride: 1,
      padding: 'same',
      bias: true,
      initializer: 'glorot-uniform',
    } as const
    expect(
      lastHiddenLayer(model([{ ...conv, name: 'conv_1', filters: 4 }, { ...conv, name: 'classes' }, means])),
    ).toEqual({ layer: 'conv_1', width: 24 * 24 * 4, isPixels: false })
    expect(lastHiddenLayer(model([{ ...conv, name: 'classes' }, means]))).toMatchObject({
      layer: 'input',
      isPixels: true,
    })
    expect(
      lastHiddenLayer(
        model([
          means,
          { ...dense, name: 'one', units: 10 },
          { ...dense, name: 'two', units: 10, from: 'means' },
          { kind: 'add', name: 'both', from: ['one', 'two'] },
        ]),
      ),
    ).toEqual({ layer: 'both', width: 10, isPixels: false })
  })
})
