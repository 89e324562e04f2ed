import { describe, expect, it } from 'vitest'
import { circleOf, correlationMatrices, productsOf } from '../../../../core/layers/transforms/cyclicCorrelation.ts'
import { correlation, throughMatrices } from './correlation.ts'
import { differences, randomNumbers } from '../../../main/engine/graph/numbers.ts'

describe('the correlation of an axis through the frequencies of a circle', () => {
  it.each([
    [12, 5],
    [12, 3],
    [7, 3],
    [6, 3],
    [3, 3],
    [5, 4],
    [8, 2],
    [9, 7],
    [4, 1],
    [1, 1],
  ])('of %i entries with a kernel of %i is the sum by its definition', (length, kernel) => {
    const x = randomNumbers(length, 3)
    const w = randomNumbers(kernel, 4)
    const matrices = correlationMatrices(length, kernel)
    expect(matrices.input).toHaveLength(productsOf(length, kernel))
    expect(differences(throughMatrices(matrices, x, w), correlation(x, w), 1e-12)).toEqual([])
  })

  it('multiplies less than the sum by its definition', () => {
    expect(circleOf(12, 5)).toBe(14)
    expect(productsOf(12, 5)).toBe(20)
  })

  it('has no large entries, which would cost digits', () => {
    const { input, weight, output } = correlationMatrices(12, 5)
    for (const entry of [input, weight, output].flat(2)) expect(Math.abs(entry)).toBeLessThan(1.5)
  })
})
