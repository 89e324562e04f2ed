import { z } from 'zod'
import { TrainEvent, TrainOrder } from '../../core/contract/engineContract.ts'
import { Problem } from '../../core/words/problems.ts'

/** The first line that the program on a node reads. */
export const NodeOrder = TrainOrder

/** A later line that it reads. */
export const Asked = z.strictObject({ hold: z.enum(['paused', 'stopped']) })

/** A line that the program on a node writes: an event of the engine, or why it cannot train. */
export const NodeEvent = z.union([TrainEvent, z.strictObject({ kind: z.literal('refused'), problem: Problem })])
export type NodeEvent = z.infer<typeof NodeEvent>
