import { z } from 'zod'
import { Sha256 } from '../data/dataset.ts'
import { RunRequest } from './run.ts'

/** How a run is interrupted: by a pause, as a person would, or by killing its engine while it trains. */
export const ProofBreak = z.enum(['pause', 'kill'])
export type ProofBreak = z.infer<typeof ProofBreak>

/** A proof that resuming is exact: a run is trained without a break, and with one after step `breakAt`. */
export const ProofRequest = z.strictObject({ request: RunRequest, breakAt: z.int().min(1), by: ProofBreak })
export type ProofRequest = z.infer<typeof ProofRequest>

/** What a proof reports; `proved` is the last event. */
export const ProofEvent = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('progress'),
    part: z.enum(['unbroken', 'before', 'after']),
    step: z.int().min(0),
    goal: z.int().min(1),
  }),
  /**
   * The sha256 of each: over the tensors of the last checkpoint, the optimizer's included, in the order of their
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
