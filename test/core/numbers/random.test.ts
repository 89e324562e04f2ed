import { describe, expect, it } from 'vitest'
import { RandomNumbers } from '../../../core/numbers/random.ts'

describe('the random numbers of a run', () => {
  it('depend on seed, purpose, epoch, position and block, and on nothing else', () => {
    const numberAt = (seed: number, ...at: Parameters<RandomNumbers['words']>) =>
      new RandomNumbers(seed).words(...at)[0]
    const first = numberAt(1, 'shift', 2, 3, 4)
    const random = new RandomNumbers(1)
    random.words('place', 9, 9)
    expect(random.words('shift', 2, 3, 4)[0]).toBe(first)
    const others = [
      numberAt(2, 'shift', 2, 3, 4),
      numberAt(1, 'place', 2, 3, 4),
      numberAt(1, 'shift', 3, 3, 4),
      numberAt(1, 'shift', 2, 4, 4),
      numberAt(1, 'shift', 2, 3, 5),
    ]
    expect(new Set([first, ...others]).size).toBe(6)
  })

  it('are uniform: ten equal parts of [0, 1) are hit equally often, as a chi-squared test at 0.1 % has it', () => {
    const random = new RandomNumbers(7)
    const hits = new Array<number>(10).fill(0)
    const draws = 20_000
    for (let position = 0; position < draws; position += 1) {
      const value = random.uniform('weights', 0, position)
      expect(value).toBeGreaterThanOrEqual(0)
      expect(value).toBeLessThan(1)
      hits[Math.floor(value * 10)] += 1
    }
    const chiSquared = hits.reduce((sum, count) => sum + (count - draws / 10) ** 2 / (draws / 10), 0)
    expect(chiSquared).toBeLessThan(27.88)
  })

  it('stay in the range that is asked for, and reach all of it', () => {
    const random = new RandomNumbers(7)
    const whole = new Set<number>()
    for (let position = 0; position < 500; position += 1) {
      whole.add(random.below(9, 'order', 0, position))
      const value = random.between(0.3, 1, 'weights', 0, position)
      expect(value).toBeGreaterThanOrEqual(0.3)
      expect(value).toBeLessThan(1)
    }
    expect([...whole].toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
  })
})
