import { describe, expect, test } from 'vitest'
import type { Layer } from '../../../core/layers/registry.ts'
import type { Model } from '../../../core/network/model.ts'
import { receptiveField } from '../../../core/network/receptiveField.ts'
import { seedNetwork } from '../../../core/run/presets.ts'

const conv = {
  kind: 'conv',
  filters: 2,
  kernel: { height: 3, width: 3 },
  stride: 1,
  padding: 'same',
  bias: true,
  initializer: 'he-normal',
} as const
const pool = { kind: 'max-pool', size: 2, stride: 2, padding: 'valid', scaling: null } as const
const first = { map: 0, y: 0, x: 0 }

function network(size: number, layers: Layer[]): Model {
  return {
    input: { height: size, width: size, channels: 3 },
    layers: [...layers, { kind: 'global-max-pool', name: 'end', scaling: null }],
    head: { kind: 'softmax', labelSmoothing: 0 },
  }
}

describe('the networks of Araujo et al. have the sizes of their table', () => {
  const block = (number: number, convolutions: number): Layer[] => [
    ...Array.from({ length: convolutions }, (_, index): Layer => ({ ...conv, name: `conv_${number}_${index}` })),
    { ...pool, name: `pool_${number}` },
  ]

  test('VGG-16: 212 pixels, 90 of them before the image', () => {
    const vgg = network(
      224,
      [2, 2, 3, 3, 3].flatMap((convolutions, index) => block(index + 1, convolutions)),
    )
    expect(receptiveField(vgg, 'pool_5', first)).toEqual({
      whole: { top: -90, left: -90, height: 212, width: 212 },
      seen: { top: 0, left: 0, height: 122, width: 122 },
      beyond: { top: 90, left: 90, bottom: 0, right: 0 },
    })
    expect(receptiveField(vgg, 'pool_5', { map: 0, y: 0, x: 1 }).whole.left).toBe(-90 + 32)
  })

  test('AlexNet v2: 195 pixels, 64 of them before the image', () => {
    const wide = { ...pool, size: 3 } as const
    const alexnet = network(224, [
      { ...conv, name: 'conv_1', kernel: { height: 11, width: 11 }, stride: 4, padding: 'valid' },
      { ...wide, name: 'pool_1' },
      { ...conv, name: 'conv_2', kernel: { height: 5, width: 5 } },
      { ...wide, name: 'pool_2' },
      { ...conv, name: 'conv_3' },
      { ...conv, name: 'conv_4' },
      { ...conv, name: 'conv_5' },
      { ...wide, name: 'pool_5' },
    ])
    const { whole } = receptiveField(alexnet, 'pool_5', first)
    expect(whole).toEqual({ top: -64, left: -64, height: 195, width: 195 })
    expect(receptiveField(alexnet, 'pool_5', { map: 0, y: 1, x: 0 }).whole.top).toBe(-64 + 32)
  })
})

test('a place of the Lab network sees what its layers have gathered', () => {
  const model = seedNetwork({ height: 24, width: 24, channels: 3 }, 10)
  const sizeAt = (layer: string): number => receptiveField(model, layer, first).whole.height
  expect(['input', 'conv_1', 'relu_1', 'pool_1', 'conv_2', 'pool_2'].map(sizeAt)).toEqual([1, 5, 5, 6, 14, 16])
  expect(receptiveField(model, 'relu_1', { map: 24, y: 21, x: 22 })).toEqual({
    whole: { top: 19, left: 20, height: 5, width: 5 },
    seen: { top: 19, left: 20, height: 5, width: 4 },
    beyond: { top: 0, left: 0, bottom: 0, right: 1 },
  })
  expect(receptiveField(model, 'classes', first).seen).toEqual({ top: 0, left: 0, height: 24, width: 24 })
  expect(() => receptiveField(model, 'conv_9', first)).toThrow('no layer conv_9')
})
