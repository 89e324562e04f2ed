import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { hostname, networkInterfaces } from 'node:os'

/** A computer, told from others by more than its name: those of a class often have the same one. */
export interface Computer {
  /** As its network and its people call it. */
  readonly name: string
  /** Equal for all programs that see each other's locks here, and another one on a copy of this computer. */
  readonly id: string
}

/** Linux draws a number at each start of the computer, so it is another one on a copy of its disk. */
function numberOfThisStart(): string | null {
  if (process.platform !== 'linux') return null
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return null
  }
}

/** The addresses that network cards have from their makers. */
function cards(): string {
  try {
    const found = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
    return [...new Set(found.filter(({ internal }) => !internal).map(({ mac }) => mac))].sort().join()
  } catch {
    // Some systems let no program ask. Such computers are told apart by their names.
    return ''
  }
}

/** The computer that this program runs on. */
export function thisComputer(): Computer {
  const name = hostname()
  const distinct = numberOfThisStart() ?? cards()
  // Hashed: it is written into a folder that others may read.
  return { name, id: createHash('sha256').update(`${name} ${distinct}`).digest('hex').slice(0, 16) }
}
