import { estimatedMemory, type MemoryConfig, type MemoryData } from '../../../core/network/memoryEstimate.ts'
import { refuse } from '../../../core/words/problems.ts'
import { totalMemory } from '../shared/totalMemory.ts'

/**
 * How far beyond the computer's memory an estimate must be before a run is not even tried: it is an estimate, and a
 * system can put memory aside.
 */
const surelyTooMuch = 1.5

/**
 * Refuses a run that no effort of this computer has room for, before its first step: oneDNN's operations use memory
 * that they did not get and end the process, without a word of what they lacked.
 * @throws LabError `out-of-memory` or `model-invalid`
 */
export function checkRoom(config: MemoryConfig, data: MemoryData): void {
  const needed = estimatedMemory(config, data)
  const there = totalMemory()
  if (needed > surelyTooMuch * there)
    refuse('out-of-memory', {
      detail: `a step takes about ${(needed / 1e9).toFixed(1)} GB, this computer has ${(there / 1e9).toFixed(1)} GB`,
    })
}
