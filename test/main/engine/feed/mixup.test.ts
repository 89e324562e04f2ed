import { describe, expect, it } from 'vitest'
import { RandomNumbers } from '../../../../core/numbers/random.ts'
import { Mixer, mixingWeight } from '../../../../main/engine/feed/mixup.ts'

describe('the share of an image in a mixture', () => {
  it('is the same whenever it is drawn, and another at another turn', () => {
    const draw = (epoch: number, position: number) => mixingWeight(0.4, new RandomNumbers(1), { epoch, position })
    expect(draw(3, 5)).toBe(draw(3, 5))
    expect(new Set([draw(3, 5), draw(3, 6), draw(4, 5)]).size).toBe(3)
  })

  it.each([0.1, 0.2, 1, 2])(
    'comes from Beta(%f, %f): its mean is 1/2 and its variance 1 / (4 (2 alpha + 1))',
    (alpha) => {
      const random = new RandomNumbers(8)
      const draws = Array.from({ length: 20_000 }, (_, position) => mixingWeight(alpha, random, { epoch: 0, position }))
      expect(draws.every((weight) => weight >= 0 && weight <= 1)).toBe(true)
      const mean = draws.reduce((sum, weight) => sum + weight, 0) / draws.length
      const variance = draws.reduce((sum, weight) => sum + (weight - mean) ** 2, 0) / draws.length
      // Four deviations of the mean of so many draws, and more than that of the variance.
      expect(Math.abs(mean - 0.5)).toBeLessThan(4 * Math.sqrt(variance / draws.length))
      expect(Math.abs(variance * 4 * (2 * alpha + 1) - 1)).toBeLessThan(0.04)
    },
  )

  it('is uniform for an alpha of 1, as a chi-squared test at 0.1 % has it', () => {
    const random = new RandomNumbers(9)
    const hits = new Array<number>(10).fill(0)
    for (let position = 0; position < 20_000; position += 1)
      hits[Math.floor(mixingWeight(1, random, { epoch: 0, position }) * 10)] += 1
    expect(hits.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0)).toBeLessThan(27.88)
  })
})

describe('mixing a batch', () => {
  it('adds to each image the next one, to the last one the first, by their shares', () => {
    const images = Float32Array.of(0, 8, 16, 32, 64, 128)
    new Mixer(2).mix(images, Float32Array.of(0.5, 0.25, 0.75))
    expect([...images]).toEqual([
      0.5 * 0 + 0.5 * 16,
      0.5 * 8 + 0.5 * 32,
      0.25 * 16 + 0.75 * 64,
      0.25 * 32 + 0.75 * 128,
      0.75 * 64 + 0.25 * 0,
      0.75 * 128 + 0.25 * 8,
    ])
  })

  it('of one image leaves it', () => {
    const images = Float32Array.of(3, 7)
    new Mixer(2).mix(images, Float32Array.of(0.25))
    expect([...images]).toEqual([3, 7])
  })
})
