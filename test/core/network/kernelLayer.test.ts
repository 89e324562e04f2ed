import { expect, test } from 'vitest'
import { measure } from '../../../core/network/geometry.ts'
import { flattenedMaps, kernelOf, takesColours } from '../../../core/network/kernelLayer.ts'
import { seedNetwork } from '../../../core/network/networks.ts'

const measured = measure(seedNetwork({ height: 24, width: 24, channels: 3 }, 10))

test('convolutions and dense layers have kernels', () => {
  const kernels = measured.flatMap((one) => kernelOf(one) ?? []).map(({ name }) => name)
  expect(kernels).toEqual(['conv_1', 'conv_2', 'fc_1', 'fc_2', 'classes'].map((layer) => `${layer}/kernel`))
})

test('only kernels that take a colour image itself see colours', () => {
  const coloured = (channels: 1 | 3): string[] =>
    measure(seedNetwork({ height: 24, width: 24, channels }, 10))
      .filter(takesColours)
      .map(({ layer }) => layer.name)
  expect(coloured(3)).toEqual(['conv_1'])
  expect(coloured(1)).toEqual([])
})

test('the first dense layer takes maps flattened', () => {
  const maps = measured.map((one) => flattenedMaps(measured, one)).filter((one) => one !== null)
  expect(maps).toEqual([{ layer: 'pool_2', shape: [6, 6, 64] }])
})
