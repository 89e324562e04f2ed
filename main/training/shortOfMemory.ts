import {
  largestBatchWithin,
  smallerBatchWithin,
  type MemoryConfig,
  type MemoryData,
} from '../../core/network/memoryEstimate.ts'
import { problem, type Problem } from '../../core/words/problems.ts'
import type { EngineHost } from '../engine/host/engineHost.ts'

/**
 * Bytes of memory that Conv Lab can have now: what is free on the computer, or within a container's limit, plus what
 * its processes hold already.
 * @throws LabError when the engine cannot report its memory.
 */
export async function roomForConvLab(engine: Pick<EngineHost, 'memory'>): Promise<number> {
  return process.availableMemory() + process.memoryUsage.rss() + (await engine.memory())
}

/**
 * Whether a run may have ended for lack of memory. An engine that runs out does not always say so: TensorFlow's
 * convolutions do not check failed allocations, and end with SIGSEGV.
 */
export function maybeShortOfMemory(of: Problem): boolean {
  return of.code === 'out-of-memory' || of.code === 'engine-crashed'
}

/**
 * The problem to show for a run that may have ended for lack of memory. If a smaller batch would fit by the estimate,
 * it names that batch; otherwise the problem is unchanged. A crash counts as lack of memory only when the batch is
 * larger than the estimate allows.
 * @param bytes Memory that Conv Lab can have.
 * @throws LabError `model-invalid`
 */
export function withFittingBatch(of: Problem, config: MemoryConfig, data: MemoryData, bytes: number): Problem {
  if (of.code !== 'out-of-memory' && largestBatchWithin(bytes, config, data) >= config.batch) return of
  const fitting = smallerBatchWithin(bytes, config, data)
  return fitting === 0 ? of : problem('batch-out-of-memory', { batch: config.batch, fitting })
}
