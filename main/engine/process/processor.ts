import { readFileSync } from 'node:fs'

function hasWideVectors(): boolean {
  if (process.platform !== 'linux' || process.arch !== 'x64') return false
  try {
    return /^flags\s*:.*\bavx512f\b/m.test(readFileSync('/proc/cpuinfo', 'utf8'))
  } catch (thrown) {
    // A sandbox may hide it; the estimate that follows is a little rougher then.
    if (thrown instanceof Error && 'code' in thrown) return false
    throw thrown
  }
}

/**
 * Whether this processor computes on 512 bits at once (AVX-512), so that it gets more done while memory is waited for.
 */
export const wideVectors = hasWideVectors()
