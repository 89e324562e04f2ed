import { z } from 'zod'
import { RunId } from './run.ts'

/** Where a queued run is moved: by one place, or to an end of the queue. */
export const QueueMove = z.enum(['up', 'down', 'first', 'last'])
export type QueueMove = z.infer<typeof QueueMove>

/**
 * Why queued runs wait although nothing trains. `opened`: they were queued when the lab was closed last; `paused`: a
 * person paused `run`; `trouble`: `run` ended with something that the next one would meet too, such as a full disk.
 */
export const QueueHold = z.strictObject({ reason: z.enum(['opened', 'paused', 'trouble']), run: RunId.nullable() })
export type QueueHold = z.infer<typeof QueueHold>

/** The state of the queue. The runs in it and their order follow from their `queuePosition`. */
export const QueueStatus = z.strictObject({
  /** Null: the next run begins by itself once the training one has ended. */
  held: QueueHold.nullable(),
})
export type QueueStatus = z.infer<typeof QueueStatus>

/** The order after a move. A move beyond an end, or of a run that is not in the queue, changes nothing. */
export function movedInQueue(order: readonly number[], run: number, to: QueueMove): number[] {
  const from = order.indexOf(run)
  if (from < 0) return [...order]
  const others = order.filter((other) => other !== run)
  const place = { up: Math.max(0, from - 1), down: from + 1, first: 0, last: others.length }[to]
  return [...others.slice(0, place), run, ...others.slice(place)]
}

interface Queued {
  readonly queuePosition: number | null
}

/** The runs that are queued, the next one first. */
export function queueOf<Run extends Queued>(runs: readonly Run[]): Run[] {
  const positionOf = (run: Run): number => run.queuePosition ?? 0
  return runs.filter((run) => run.queuePosition !== null).sort((a, b) => positionOf(a) - positionOf(b))
}
