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

/**
 * Weights from elsewhere, in the names and layouts of the network, which the home folder keeps. Variables that are not
 * among them begin as they do without.
 */
export const KeptWeights = z.strictObject({
  /** Of the file. */
  sha256: Sha256,
})
export type KeptWeights = z.infer<typeof KeptWeights>

/** With what a run begins that does not begin with initial weights alone. */
export const RunBeginning = z.union([BranchPoint, KeptWeights])
export type RunBeginning = z.infer<typeof RunBeginning>

/** Whether a run is a branch of another. */
export function isBranchPoint(from: RunBeginning): from is BranchPoint {
  return 'run' in from
}
