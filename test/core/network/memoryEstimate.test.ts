import { describe, expect, test } from 'vitest'
import {
  estimatedMemory,
  largestBatchWithin,
  type MemoryConfig,
  smallerBatchWithin,
} from '../../../core/network/memoryEstimate.ts'
import { requestFor } from '../../../core/run/presets.ts'
import type { PresetId } from '../../../core/run/run.ts'
import { cifar10 } from '../../../main/datasets/sets/cifar10.ts'

const { card } = cifar10
const megabytes = 1e6

function config(preset: PresetId, batch: number): MemoryConfig {
  return requestFor(preset, card, { sha256: '0'.repeat(64) }, { batch }).config
}

/** Weights and biases of the Lab network for ten classes. */
const trainedBySeed =
  5 * 5 * 3 * 64 + 64 + 2 * 64 + 5 * 5 * 64 * 64 + 64 + (2304 * 256 + 256) + (256 * 128 + 128) + (128 * 10 + 10)

describe('the estimated memory', () => {
  // The Lab network's as the bench tells them; of the others the peaks of an engine after eight steps and an
  // evaluation, and what the program takes beside it.
  test.each([
    ['seed', 100, 902],
    ['seed', 500, 1288],
    ['quick', 250, 836],
    ['quick', 1000, 1128],
    ['deep', 250, 1205],
    ['deep', 500, 1489],
  ] as const)(
    'of the preset %s with a batch of %i is within an eighth of the measured %i MB',
    (preset, batch, measured) => {
      const estimate = estimatedMemory(config(preset, batch), card) / megabytes
      expect(estimate).toBeGreaterThan((measured * 7) / 8)
      expect(estimate).toBeLessThan((measured * 9) / 8)
    },
  )

  test('holds the whole set, and as many slots as the optimizer has', () => {
    const seed = config('seed', 100)
    const smaller = { image: card.image, sizes: { train: 40_000, test: 10_000 } }
    expect(estimatedMemory(seed, card) - estimatedMemory(seed, smaller)).toBe(10_000 * (32 * 32 * 3 + 2))
    const sgd = {
      ...seed,
      optimizer: { kind: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 0, clipNorm: null },
    } as const
    // In the graph, at the beginning and in a checkpoint that is being written.
    expect(estimatedMemory(seed, card) - estimatedMemory(sgd, card)).toBeCloseTo(3 * 4 * trainedBySeed, 3)
  })

  test('of a batch smaller than those of an evaluation is that of the evaluation', () => {
    expect(estimatedMemory(config('seed', 1), card)).toBe(estimatedMemory(config('seed', 2), card))
    expect(estimatedMemory(config('seed', 1000), card)).toBeGreaterThan(estimatedMemory(config('seed', 999), card))
  })
})

test('measuring with mirror images takes twice the images at a time', () => {
  const plain = config('seed', 1)
  const mirrored = { ...plain, evaluation: { flips: true } }
  // The widest place: the maps of the first convolution and those that batch norm makes of them.
  expect(estimatedMemory(mirrored, card) - estimatedMemory(plain, card)).toBe(250 * 4 * 2 * 24 * 24 * 64)
  expect(estimatedMemory({ ...mirrored, batch: 1000 }, card)).toBe(estimatedMemory({ ...plain, batch: 1000 }, card))
})

describe('the largest batch that fits', () => {
  const seed = config('seed', 500)

  test.each([900, 1500, 8000])('into %i MB is the last one whose estimate does', (room) => {
    const batch = largestBatchWithin(room * megabytes, seed, card)
    expect(batch).toBeGreaterThan(0)
    expect(estimatedMemory({ ...seed, batch }, card)).toBeLessThanOrEqual(room * megabytes)
    expect(estimatedMemory({ ...seed, batch: batch + 1 }, card)).toBeGreaterThan(room * megabytes)
  })

  test('is none where not even a batch of one does', () => {
    expect(largestBatchWithin(600 * megabytes, seed, card)).toBe(0)
    expect(smallerBatchWithin(600 * megabytes, seed, card)).toBe(0)
  })

  test('is never one that was found not to fit: half of it then', () => {
    expect(smallerBatchWithin(900 * megabytes, seed, card)).toBe(largestBatchWithin(900 * megabytes, seed, card))
    expect(smallerBatchWithin(1e12, seed, card)).toBe(250)
    expect(smallerBatchWithin(1e12, { ...seed, batch: 1 }, card)).toBe(0)
  })
})
