import { describe, expect, it } from 'vitest'
import { permutationOf } from '../../../core/numbers/permutation.ts'
import { RandomNumbers } from '../../../core/numbers/random.ts'

const range = (count: number) => Array.from({ length: count }, (_, index) => index)

describe('the order of an epoch', () => {
  it.each([1, 2, 97, 1000])('holds each of %i images once', (images) => {
    expect([...permutationOf(new RandomNumbers(1), 0, images)].toSorted((a, b) => a - b)).toEqual(range(images))
  })

  it('is the same for the same seed and epoch, and another one otherwise', () => {
    const order = permutationOf(new RandomNumbers(1), 3, 50)
    expect(permutationOf(new RandomNumbers(1), 3, 50)).toEqual(order)
    expect(permutationOf(new RandomNumbers(1), 4, 50)).not.toEqual(order)
    expect(permutationOf(new RandomNumbers(2), 3, 50)).not.toEqual(order)
  })

  it('is fair: each of the six orders of three images comes equally often, as a chi-squared test at 0.1 % has it', () => {
    const counts = new Map<string, number>()
    const random = new RandomNumbers(5)
    for (let epoch = 0; epoch < 6000; epoch += 1) {
      const order = permutationOf(random, epoch, 3).join()
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect(counts.size).toBe(6)
    expect([...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(20.52)
  })
})
