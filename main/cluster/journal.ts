import { z } from 'zod'
import { TrainEvent } from '../../core/contract/engineContract.ts'
import { Problem } from '../../core/words/problems.ts'

// What the driver on the head writes (cluster/driver.py).

/** How a sweep stands on the cluster. */
export const JournalState = z.strictObject({
  format: z.literal(1),
  /** How many files of events there are; they are numbered from 1 on. */
  files: z.int().min(0),
  /** Runs that train, and runs that wait for processors. */
  trains: z.int().min(0),
  waits: z.int().min(0),
  /** Processors that a run takes, that are free, and that the cluster has. */
  cpus: z.number(),
  freeCpus: z.number(),
  allCpus: z.number(),
  /** Whether all runs have ended; nothing more is written then. */
  ended: z.boolean(),
})
export type JournalState = z.infer<typeof JournalState>

const [ready, steps, evaluating, evaluated, health, checkpoint, ended] = TrainEvent.options

/** What happens to a run: what its engine tells, and what the driver adds. */
export const RunEvent = z.discriminatedUnion('kind', [
  /** It was given to a node, and its engine starts. */
  z.strictObject({ kind: z.literal('placed'), host: z.string(), pid: z.int() }),
  ready,
  steps,
  evaluating,
  evaluated,
  health,
  /** `stored`: its file among those of the job, which is there for as long as it may be needed. */
  checkpoint.extend({ stored: z.string().regex(/^[\w.-]+$/) }),
  ended,
  /** Its worker, its engine or its node is lost. If it is sent `again`, it begins at `step`; null: as it was sent first. */
  z.strictObject({
    kind: z.literal('lost'),
    detail: z.string(),
    step: z.int().min(0).nullable(),
    again: z.boolean(),
  }),
  /** It was lost and waited to go on when all were held: it rests at its newest checkpoint. */
  z.strictObject({ kind: z.literal('held'), state: z.enum(['paused', 'stopped']) }),
  /** It cannot train: the engine says why. */
  z.strictObject({ kind: z.literal('refused'), problem: Problem }),
  /** It cannot train: `environment`: Ray could not prepare the node; `lacks`: the node lacks what was promised. */
  z.strictObject({ kind: z.literal('given-up'), why: z.enum(['environment', 'lacks']), detail: z.string() }),
])
export type RunEvent = z.infer<typeof RunEvent>

/** A line of a file of events. `attempt` counts from 0 on how often the run was sent again. */
export const JournalLine = z.strictObject({ trial: z.int().min(0), attempt: z.int().min(0), event: RunEvent })
export type JournalLine = z.infer<typeof JournalLine>

/** The name of a file of events. @param number from 1 on */
export function eventsFile(number: number): string {
  return `events-${String(number).padStart(6, '0')}.jsonl`
}
