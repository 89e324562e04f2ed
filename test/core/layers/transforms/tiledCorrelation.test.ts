import { describe, expect, it } from 'vitest'
import { canTile, correlationMatrices, productsOf } from '../../../../core/layers/transforms/tiledCorrelation.ts'
import { correlation, throughMatrices } from './correlation.ts'
import { differences, randomNumbers } from '../../../main/engine/graph/numbers.ts'

describe('the correlation of an axis in tiles', () => {
  it.each([
    [12, 3, 16],
    [6, 3, 8],
    [3, 3, 5],
    [7, 3, 11],
    [24, 3, 32],
    [13, 2, 15],
    [12, 5, 24],
    [9, 7, 39],
    [2, 2, 3],
  ])(
    'of %i entries with a kernel of %i takes %i products and is the sum by its definition',
    (length, kernel, products) => {
      const x = randomNumbers(length, 3)
      const w = randomNumbers(kernel, 4)
      const matrices = correlationMatrices(length, kernel)
      expect(productsOf(length, kernel)).toBe(products)
      expect(matrices.input).toHaveLength(products)
      expect(differences(throughMatrices(matrices, x, w), correlation(x, w), 1e-12)).toEqual([])
    },
  )

  it('has no large entries, which would cost digits', () => {
    const { input, weight, output } = correlationMatrices(12, 3)
    for (const entry of [input, weight].flat(2)) expect(Math.abs(entry)).toBeLessThanOrEqual(5.25)
    for (const entry of output.flat()) expect(Math.abs(entry)).toBeLessThanOrEqual(32)
  })

  it('is for kernels that fit into a tile with room beside them', () => {
    expect([1, 2, 3, 7, 8, 11].map(canTile)).toEqual([false, true, true, true, false, false])
  })
})
