import { phrase } from '../../../core/words/phrases.ts'
import { estimatedMemory, type MemoryConfig, type MemoryData } from '../../../core/network/memoryEstimate.ts'
import { refuse } from '../../../core/words/problems.ts'
import { totalMemory } from '../shared/totalMemory.ts'

/**
 * A run is refused when its estimate exceeds the computer's memory by this factor. The estimate is not exact, and a
 * system can swap memory out.
 */
const surelyTooMuch = 1.5

/**
 * Refuses a run that clearly does not fit into memory, before its first step. oneDNN's operations do not check failed
 * allocations: they crash the process without a message.
 * @throws LabError `out-of-memory` or `model-invalid`
 */
export function checkRoom(config: MemoryConfig, data: MemoryData): void {
  const needed = estimatedMemory(config, data)
  const there = totalMemory()
  if (needed > surelyTooMuch * there)
    refuse('out-of-memory', {
      detail: phrase('step-needs-memory', { needed: gigabytes(needed), there: gigabytes(there) }),
    })
}

/** Bytes as gigabytes with one decimal. */
function gigabytes(bytes: number): number {
  return Number((bytes / 1e9).toFixed(1))
}
