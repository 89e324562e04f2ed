import type { Checkpoint } from '../../core/run/run.ts'
import type { JournalLine, RunEvent } from './journal.ts'

/** What a checkpoint is kept for. A later one takes its place in that. */
export type CheckpointUse = 'newest' | 'best' | 'first'

export function usesOf({ step, reason }: Checkpoint): CheckpointUse[] {
  return ['newest', ...(reason === 'best' ? ['best' as const] : []), ...(step === 0 ? ['first' as const] : [])]
}

/** The checkpoints of some events that may still be there: the first, the newest and the best of each attempt. */
export function worthFetching(lines: readonly JournalLine[]): Set<RunEvent> {
  const worth = new Map<string, RunEvent>()
  for (const { trial, attempt, event } of lines)
    if (event.kind === 'checkpoint')
      for (const use of usesOf(event.checkpoint)) worth.set(`${trial} ${attempt} ${use}`, event)
  return new Set(worth.values())
}
