import { z } from 'zod'
import { ClusterAddress, ClusterPlace } from '../cluster/clusterPlace.ts'
import { SweepSummary } from './sweep.ts'
import { SweepId, SweepPlan } from './sweepPlan.ts'

/** What is sent to a cluster: a new sweep, or what is left of one that waits. */
export const SweepToSend = z.union([
  z.strictObject({ plan: SweepPlan, confirmed: z.int().min(1).optional(), on: ClusterPlace }),
  /** `at`: where its cluster answers now, or another one. */
  z.strictObject({ sweep: SweepId, at: ClusterAddress.optional() }),
])
export type SweepToSend = z.infer<typeof SweepToSend>

/**
 * How far the parts of a sweep have come to its cluster, in bytes as they lie here: they are compressed on their way.
 * What the cluster has already counts nowhere.
 */
export const SendingProgress = z.strictObject({
  doneBytes: z.int().min(0),
  /** Null until it is known what is sent. */
  totalBytes: z.int().min(0).nullable(),
  bytesPerSecond: z.number().min(0).nullable(),
  secondsLeft: z.number().min(0).nullable(),
})
export type SendingProgress = z.infer<typeof SendingProgress>

/** What is told while a sweep is sent; `begun` is the last. */
export const SendingEvent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('progress'), progress: SendingProgress }),
  z.strictObject({ kind: z.literal('begun'), sweep: SweepSummary }),
])
export type SendingEvent = z.infer<typeof SendingEvent>
