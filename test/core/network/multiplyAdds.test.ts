import { describe, expect, test } from 'vitest'
import type { Model } from '../../../core/network/model.ts'
import { measure } from '../../../core/network/geometry.ts'
import { multiplyAddsOf, networkMultiplyAdds, trainingMultiplyAdds } from '../../../core/network/multiplyAdds.ts'
import { quickNetwork, seedNetwork } from '../../../core/run/presets.ts'

const input = { height: 24, width: 24, channels: 3 } as const

describe('multiply-adds', () => {
  test('of the Lab network, layer by layer', () => {
    const counts = measure(seedNetwork(input, 10)).map((layer) => [layer.layer.name, multiplyAddsOf(layer)])
    expect(counts.filter(([, count]) => count !== 0)).toEqual([
      ['conv_1', 24 * 24 * 64 * 5 * 5 * 3],
      ['conv_2', 12 * 12 * 64 * 5 * 5 * 64],
      ['fc_1', 6 * 6 * 64 * 256],
      ['fc_2', 256 * 128],
      ['classes', 128 * 10],
    ])
    expect(networkMultiplyAdds(seedNetwork(input, 10))).toBe(18_134_272)
  })

  test('of a depthwise convolution are those of its own map alone', () => {
    const layer = {
      kind: 'depthwise-conv',
      name: 'conv_1',
      multiplier: 2,
      kernel: { height: 3, width: 3 },
      stride: 2,
      padding: 'same',
      bias: false,
      initializer: 'normal',
    } as const
    const dense = { kind: 'dense', name: 'classes', units: 2, bias: true, initializer: 'normal' } as const
    const model = {
      input,
      layers: [layer, { kind: 'flatten', name: 'flatten' } as const, dense],
      head: { kind: 'softmax', labelSmoothing: 0 } as const,
    }
    expect(multiplyAddsOf(measure(model)[0])).toBe(12 * 12 * 3 * 2 * 9)
  })

  test('of a training step have no gradient of the image', () => {
    const model = quickNetwork(input, 10)
    expect(trainingMultiplyAdds(model)).toBe(3 * networkMultiplyAdds(model) - 24 * 24 * 32 * 3 * 3 * 3)
  })

  test('of a training step have no gradient of a kernel that whitens, and one of its output where it has a bias', () => {
    const conv = { kind: 'conv', kernel: { height: 2, width: 2 }, stride: 2, padding: 'valid' } as const
    const dense = { kind: 'dense', name: 'classes', units: 2, bias: true, initializer: 'normal' } as const
    const model = (bias: boolean): Model => ({
      input,
      layers: [
        { ...conv, name: 'conv_1', filters: 24, bias, initializer: 'whitening' },
        { ...conv, name: 'conv_2', filters: 5, bias: true, initializer: 'identity' },
        { kind: 'flatten', name: 'flatten' },
        dense,
      ],
      head: { kind: 'softmax', labelSmoothing: 0 },
    })
    const [first, second, last] = [12 * 12 * 4 * 3 * 24, 6 * 6 * 4 * 24 * 5, 6 * 6 * 5 * 2]
    expect(trainingMultiplyAdds(model(true))).toBe(first + 3 * second + 3 * last)
    expect(trainingMultiplyAdds(model(false))).toBe(first + 2 * second + 3 * last)
  })
})
