import { oc } from '@orpc/contract'
import { z } from 'zod'
import { Model, mostLayers } from '../network/model.ts'
import { KeptWeights } from '../run/branchPoint.ts'
import { WeightsOrigin } from '../run/weightsOrigin.ts'
import { WeightsProposal } from '../weights/weightsProposal.ts'
import { WeightsSource, WeightsTable } from '../weights/weightsTable.ts'
import { Problem } from '../words/problems.ts'

const call = oc.errors({ PROBLEM: { data: Problem } })

/** Weights from elsewhere: of a file of another program, or of a run whose network is another. */
export const weightsContract = {
  /** Which tensor goes to which variable of a network; layers in `anew` begin with initial weights of their own. */
  propose: call
    .input(z.strictObject({ source: WeightsSource, model: Model, anew: z.array(z.string()).max(mostLayers) }))
    .output(WeightsProposal),
  /**
   * Keeps what a confirmed table takes. A run begins with it whose configuration names it in `from`. `origin`: where it
   * came from, which such runs say of themselves.
   */
  keep: call
    .input(z.strictObject({ source: WeightsSource, model: Model, rows: WeightsTable.shape.rows }))
    .output(z.strictObject({ from: KeptWeights, origin: WeightsOrigin })),
}
