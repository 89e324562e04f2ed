import { z } from 'zod'
import { Sha256 } from '../data/dataset.ts'

/**
 * The checkpoint at which a branch begins. The hash says which bits, whatever becomes of the run and its number.
 * The branch takes over the network's variables; its optimizer, steps and schedule begin anew.
 */
export const BranchPoint = z.strictObject({
  /** The run that wrote it. */
  run: z.int().min(1),
  step: z.int().min(0),
  /** Of the file. */
  sha256: Sha256,
})
export type BranchPoint = z.infer<typeof BranchPoint>
