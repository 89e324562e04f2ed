import { readFileSync } from 'node:fs'
import type { ProcessorFeatures } from '../../../core/layers/definition.ts'

function hasWideVectors(): boolean {
  if (process.platform !== 'linux' || process.arch !== 'x64') return false
  try {
    return /^flags\s*:.*\bavx512f\b/m.test(readFileSync('/proc/cpuinfo', 'utf8'))
  } catch (thrown) {
    // A sandbox may hide the file. The cost estimates of convolutions are a little rougher then.
    if (thrown instanceof Error && 'code' in thrown) return false
    throw thrown
  }
}

/** The features of this processor that decide how a network is computed. */
export const processor: ProcessorFeatures = { wideVectors: hasWideVectors() }
