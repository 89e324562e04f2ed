import { describe, expect, it } from 'vitest'
import { fittedCosts, type TimedWork } from '../../../core/network/fitCosts.ts'

function work(form: string, amounts: Record<string, number>, seconds: number): TimedWork {
  return { amounts: new Map(Object.entries(amounts).map(([name, amount]) => [`${form}/${name}`, amount])), seconds }
}

describe('the costs of work', () => {
  it('are found again from times that were made of them, each form by itself', () => {
    const sizes = [1e3, 4e4, 2e5, 3e6, 8e6, 2e4, 5e5]
    const conv = sizes.map((size, index) => {
      const amounts = { fixed: 1, multiplyAdds: size * (1 + (index % 3)) * 50, weights: 1000 * (index + 1) }
      return work('conv', amounts, 1e-4 + amounts.multiplyAdds * 2e-11 + amounts.weights * 3e-9)
    })
    const pool = sizes.map((size) => work('pool', { fixed: 1, in: size }, 5e-5 + size * 4e-10))
    const costs = fittedCosts([...conv, ...pool])
    expect(costs['conv/fixed'] / 1e-4).toBeCloseTo(1, 2)
    expect(costs['conv/multiplyAdds'] / 2e-11).toBeCloseTo(1, 2)
    expect(costs['conv/weights'] / 3e-9).toBeCloseTo(1, 2)
    expect(costs['pool/fixed'] / 5e-5).toBeCloseTo(1, 2)
    expect(costs['pool/in'] / 4e-10).toBeCloseTo(1, 2)
  })

  it('are never negative, and lie in the middle of times that differ by a factor', () => {
    const falling = fittedCosts([1, 2, 3, 4].map((size) => work('odd', { fixed: 1, in: size }, 1e-3 / size)))
    expect(falling['odd/in']).toBe(0)
    const twice = fittedCosts([1e-3, 4e-3].map((seconds) => work('twice', { fixed: 1 }, seconds)))
    expect(twice['twice/fixed'] / 2e-3).toBeCloseTo(1, 2)
  })
})
