import {
  largestBatchWithin,
  smallerBatchWithin,
  type MemoryConfig,
  type MemoryData,
} from '../../core/network/memoryEstimate.ts'
import { problem, type Problem } from '../../core/words/problems.ts'
import type { EngineHost } from '../engine/host/engineHost.ts'

/**
 * Bytes that Conv Lab can have at this moment: what the computer, or a container's limit, has free, and what its
 * processes have already.
 * @throws LabError when the engine cannot be asked what it holds.
 */
export async function roomForConvLab(engine: EngineHost): Promise<number> {
  return process.availableMemory() + process.memoryUsage.rss() + (await engine.memory())
}

/**
 * Whether a run's end may have to do with memory. An engine that has none left does not always say so: TensorFlow's
 * convolutions use what they did not get, and end with SIGSEGV.
 */
export function maybeShortOfMemory(of: Problem): boolean {
  return of.code === 'out-of-memory' || of.code === 'engine-crashed'
}

/**
 * What a person is told of a run whose end may have to do with memory: which batch would fit by the estimate, where one
 * does; otherwise the problem as it is. A crash counts as such an end where the batch is larger than what fits by the
 * estimate.
 * @param bytes that Conv Lab can have
 * @throws LabError `model-invalid`
 */
export function withFittingBatch(of: Problem, config: MemoryConfig, data: MemoryData, bytes: number): Problem {
  if (of.code !== 'out-of-memory' && largestBatchWithin(bytes, config, data) >= config.batch) return of
  const fitting = smallerBatchWithin(bytes, config, data)
  return fitting === 0 ? of : problem('batch-out-of-memory', { batch: config.batch, fitting })
}
