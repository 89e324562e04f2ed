import { describe, expect, it } from 'vitest'
import { kernelBehind } from '../../../core/network/kernelBehind.ts'
import { seedNetwork } from '../../../core/network/networks.ts'

describe('the kernels behind the maps of a layer', () => {
  const model = seedNetwork({ height: 24, width: 24, channels: 3 }, 10)

  it.each([
    ['conv_1', 'conv_1'],
    ['relu_1', 'conv_1'],
    ['pool_1', 'conv_1'],
    ['relu_2', 'conv_2'],
    ['fc_1', 'fc_1'],
    ['relu_3', 'fc_1'],
    ['flatten', null],
    ['input', null],
    ['nowhere', null],
  ])('%s: %s', (layer, expected) => expect(kernelBehind(model, layer)).toBe(expected))
})
