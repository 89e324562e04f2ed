import os from 'node:os'
import { LabError } from '../../core/words/problems.ts'
import { refuseOldGlibc } from '../history/systemLibrary.ts'
import { glibcVersion } from '../platform/glibc.ts'
import { amiss, sound, type Finding } from './finding.ts'

/** Names the system, and says if its C library is too old for the history. */
export function examineSystem(glibc = glibcVersion()): Finding {
  try {
    refuseOldGlibc(glibc)
  } catch (thrown) {
    if (thrown instanceof LabError) return amiss('system', thrown.problem)
    throw thrown
  }
  const names = [`${os.type()} ${os.release()} ${os.arch()}`, ...(glibc === null ? [] : [`glibc ${glibc}`])]
  return sound('system', 'system', { system: names.join(', ') })
}
