import { describe, expect, test } from 'vitest'
import { estimatedMemory } from '../../../core/network/memoryEstimate.ts'
import { requestFor } from '../../../core/run/presets.ts'
import { quoted } from '../../../core/words/phrases.ts'
import { problem, sentenceOf } from '../../../core/words/problems.ts'
import { cifar10 } from '../../../main/datasets/sets/cifar10.ts'
import { maybeShortOfMemory, withFittingBatch } from '../../../main/training/shortOfMemory.ts'

const { card } = cifar10
const configOf = (batch: number) => requestFor('seed', card, { sha256: '0'.repeat(64) }, { batch }).config
const outOfMemory = problem('out-of-memory', { detail: quoted('SIGKILL, out of memory') })
const crash = problem('engine-crashed', { detail: 'SIGSEGV' })
const roomFor = (batch: number): number => estimatedMemory(configOf(batch), card)

describe('a run that ended for lack of memory', () => {
  test('is told the largest batch that would fit', () => {
    const told = withFittingBatch(outOfMemory, configOf(5000), card, roomFor(640))
    expect(told).toEqual(problem('batch-out-of-memory', { batch: 5000, fitting: 640 }))
    expect(sentenceOf(told, 'en')).toContain(
      'According to an estimate, a batch of 640 fits into the memory that is free now',
    )
    expect(sentenceOf(told, 'ru')).toContain('поместится батч из 640')
  })

  test('is told half its batch where the estimate had room for it', () => {
    expect(withFittingBatch(outOfMemory, configOf(501), card, roomFor(10_000))).toEqual(
      problem('batch-out-of-memory', { batch: 501, fitting: 250 }),
    )
  })

  test('is advised nothing where not even one image fits', () => {
    expect(withFittingBatch(outOfMemory, configOf(500), card, 6e8)).toBe(outOfMemory)
    expect(withFittingBatch(outOfMemory, configOf(1), card, 1e12)).toBe(outOfMemory)
  })
})

describe('a crash', () => {
  test('counts as one for lack of memory where the batch is larger than what fits', () => {
    expect(withFittingBatch(crash, configOf(5000), card, roomFor(640))).toMatchObject({
      code: 'batch-out-of-memory',
      parameters: { fitting: 640 },
    })
  })

  test('stays one where its batch had room', () => {
    expect(withFittingBatch(crash, configOf(500), card, roomFor(500) + 1e6)).toBe(crash)
  })
})

test('no other end has to do with memory', () => {
  expect(
    [outOfMemory, crash, problem('lab-interrupted', {}), problem('write-failed', { path: 'x', detail: 'y' })].map(
      maybeShortOfMemory,
    ),
  ).toEqual([true, true, false, false])
})
