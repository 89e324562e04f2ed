import { totalmem } from 'node:os'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import type { MemoryStatus } from '../../core/contract/windowContract.ts'
import { totalMemory } from '../../main/engine/shared/totalMemory.ts'
import { MemoryMeter } from '../../main/memory.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function meter(options: { watched: boolean; engineMemory: () => Promise<number> }) {
  const told: MemoryStatus[] = []
  const failed: unknown[] = []
  const measuring = new MemoryMeter({
    watched: () => options.watched,
    engineMemory: options.engineMemory,
    onMeasured: (memory) => told.push(memory),
    onFailed: (thrown) => failed.push(thrown),
  })
  return { measuring, told, failed }
}

test('what there can be is the computer’s memory, or a container’s limit where that is less', () => {
  const limit = vi.spyOn(process, 'constrainedMemory')
  onTestFinished(() => limit.mockRestore())
  limit.mockReturnValue(2 ** 30)
  expect(totalMemory()).toBe(Math.min(2 ** 30, totalmem()))
  // As Linux says that there is none, and as systems do that know no limits.
  for (const none of [2 ** 64, 0]) {
    limit.mockReturnValue(none)
    expect(totalMemory()).toBe(totalmem())
  }
})

test('memory is measured every three seconds while somebody watches, engines included', async () => {
  const engineBytes = 10 ** 12
  const { measuring, told } = meter({ watched: true, engineMemory: () => Promise.resolve(engineBytes) })
  await vi.advanceTimersByTimeAsync(9000)
  expect(told).toHaveLength(3)
  expect(told[0].usedBytes).toBeGreaterThan(engineBytes)
  expect(told[0].totalBytes).toBe(totalMemory())
  expect(measuring.status().usedBytes).toBeGreaterThan(engineBytes)
  measuring.close()
  await vi.advanceTimersByTimeAsync(9000)
  expect(told).toHaveLength(3)
})

test('it is not measured for nobody', async () => {
  const engineMemory = vi.fn(() => Promise.resolve(1))
  meter({ watched: false, engineMemory })
  await vi.advanceTimersByTimeAsync(9000)
  expect(engineMemory).not.toHaveBeenCalled()
})

test('an engine that has not answered is not asked again, and one that fails is noted', async () => {
  let fail = (_thrown: Error): void => undefined
  const engineMemory = vi.fn(() => new Promise<number>((_resolve, reject) => (fail = reject)))
  const { told, failed } = meter({ watched: true, engineMemory })
  await vi.advanceTimersByTimeAsync(9000)
  expect(engineMemory).toHaveBeenCalledTimes(1)
  fail(new Error('gone'))
  await vi.advanceTimersByTimeAsync(0)
  expect(failed).toEqual([new Error('gone')])
  expect(told).toEqual([])
})
