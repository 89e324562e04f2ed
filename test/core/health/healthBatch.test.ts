import { describe, expect, test } from 'vitest'
import { healthBatch, healthImages, usualHealthEvery } from '../../../core/health/healthBatch.ts'
import { quickNetwork, seedNetwork } from '../../../core/run/presets.ts'

const seed = seedNetwork({ height: 24, width: 24, channels: 3 }, 10)
const large = quickNetwork({ height: 384, width: 384, channels: 3 }, 10)

describe('the fixed batch', () => {
  test('is 100 images, or all where there are fewer', () => {
    expect(healthImages(seed, 20, 50_000)).toBe(100)
    expect(healthImages(seed, 20, 30)).toBe(30)
  })

  test('is as many as fit of large images, and at least a training step', () => {
    const fitting = healthImages(large, 1, 50_000)
    expect(fitting).toBeGreaterThan(1)
    expect(fitting).toBeLessThan(40)
    expect(healthImages(large, 64, 50_000)).toBe(64)
    expect(healthImages(large, 500, 50_000)).toBe(100)
  })

  test('lies at equal distances in the training set', () => {
    expect([...healthBatch(4, 10)]).toEqual([0, 2, 5, 7])
    expect([...healthBatch(3, 3)]).toEqual([0, 1, 2])
  })
})

test('the usual interval is longer with small batches', () => {
  expect([1, 10, 50, 100, 250].map(usualHealthEvery)).toEqual([10_000, 1000, 200, 100, 100])
})
