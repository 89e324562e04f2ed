import { z } from 'zod'
import { Sha256 } from './dataset.ts'
import { RunRequest } from './run.ts'

/** How a run is broken: paused as a person does it, or its engine killed while it trains on. */
export const ProofBreak = z.enum(['pause', 'kill'])
export type ProofBreak = z.infer<typeof ProofBreak>

/** A proof that resuming is exact: the run to its goal without a break, and with one after step `breakAt`. */
export const ProofRequest = z.strictObject({ request: RunRequest, breakAt: z.int().min(1), by: ProofBreak })
export type ProofRequest = z.infer<typeof ProofRequest>

/** What a proof tells; `proved` is the last event. */
export const ProofEvent = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('progress'),
    part: z.enum(['unbroken', 'before', 'after']),
    step: z.int().min(0),
    goal: z.int().min(1),
  }),
  /**
   * The sha256 of either way: over the tensors of the last checkpoint, the optimizer's included, in the order of their
   * names (name and bytes of each), then loss and accuracy of every step and every evaluation.
   */
  z.strictObject({
    kind: z.literal('proved'),
    unbroken: Sha256,
    resumed: Sha256,
    equal: z.boolean(),
    steps: z.int().min(1),
    breakAt: z.int().min(1),
    by: ProofBreak,
  }),
])
export type ProofEvent = z.infer<typeof ProofEvent>
