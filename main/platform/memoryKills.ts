import { readFileSync } from 'node:fs'

/**
 * Number of processes that this system has killed since its start because memory ran out, as counted by Linux
 * (including kills by a container's limit). Such a process gets SIGKILL without any message. 0 on systems that keep no
 * such count.
 */
export function systemMemoryKills(): number {
  if (process.platform !== 'linux') return 0
  try {
    return Number(/^oom_kill (\d+)$/m.exec(readFileSync('/proc/vmstat', 'utf8'))?.[1] ?? 0)
  } catch (thrown) {
    // A sandbox may hide the file. Such an end then looks like a crash with SIGKILL.
    if (thrown instanceof Error && 'code' in thrown) return 0
    throw thrown
  }
}
