import { expect, it } from 'vitest'
import { correlationMatrices, productsOf } from '../../../../core/layers/transforms/axisCorrelation.ts'
import * as circle from '../../../../core/layers/transforms/cyclicCorrelation.ts'
import * as tiles from '../../../../core/layers/transforms/tiledCorrelation.ts'

it('short kernels go in tiles, longer ones on a circle', () => {
  expect(correlationMatrices(12, 3)).toEqual(tiles.correlationMatrices(12, 3))
  expect(productsOf(12, 3)).toBe(16)
  expect(correlationMatrices(12, 5)).toEqual(circle.correlationMatrices(12, 5))
  expect(productsOf(12, 5)).toBe(20)
})

it('of two ways with equally many products the more exact one is taken', () => {
  expect(tiles.productsOf(3, 3)).toBe(circle.productsOf(3, 3))
  expect(correlationMatrices(3, 3)).toEqual(circle.correlationMatrices(3, 3))
})
