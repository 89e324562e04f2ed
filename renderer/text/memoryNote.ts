import { estimatedMemory, type MemoryData } from '../../core/network/memoryEstimate.ts'
import type { RunRequest } from '../../core/run/run.ts'
import * as m from '../messages/compiled/messages.js'
import type { FieldNote } from './fieldNote.ts'
import type { Formats } from './formats.ts'

/**
 * The estimated memory of a run, as a warning if the computer has less.
 * @param total Bytes of memory of the computer; null while unknown.
 */
export function memoryNote(
  { config }: RunRequest,
  dataset: MemoryData,
  total: number | null,
  format: Formats,
): FieldNote {
  const bytes = estimatedMemory(config, dataset)
  const memory = format.memory(bytes)
  if (total === null || bytes <= total) return { text: m.batch_memory({ memory }), warning: false }
  return { text: m.batch_memory_short({ memory, total: format.memory(total) }), warning: true }
}
