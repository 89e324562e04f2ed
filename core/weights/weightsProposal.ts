import { z } from 'zod'
import { WeightsTable } from './weightsTable.ts'

/**
 * Why a variable begins with an initial value of its own.
 *
 * - `asked`: a person asked for it.
 * - `not-there`: the layer that its layer takes has no such tensor.
 * - `other-shape`: the layer of the same name has it in another shape.
 * - `no-place`: the layer of the same name has a tensor that this layer has no place for.
 * - `with-its-layer`: it would fit, but its layer as a whole does not.
 * - `taken-elsewhere`: what fits goes to other layers.
 * - `none-fits`: no layer of the source has the name or the shapes of its layer.
 */
export const RowReason = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['asked', 'not-there', 'with-its-layer', 'taken-elsewhere', 'none-fits']) }),
  z.strictObject({ kind: z.literal('other-shape'), tensor: z.string(), shape: z.array(z.int().min(0)) }),
  z.strictObject({ kind: z.literal('no-place'), tensor: z.string() }),
])
export type RowReason = z.infer<typeof RowReason>

/** A table as it is proposed, with what a person needs to judge it. */
export const WeightsProposal = z.strictObject({
  ...WeightsTable.shape,
  /** The tensors of the source that belong to a layer. */
  tensors: z.array(
    z.strictObject({
      name: z.string(),
      type: z.string(),
      shape: z.array(z.int().min(0)),
      /** The layer of the source that it belongs to. */
      layer: z.string(),
    }),
  ),
  /** Why those variables begin anew that do. */
  reasons: z.array(z.strictObject({ variable: z.string(), reason: RowReason })),
})
export type WeightsProposal = z.infer<typeof WeightsProposal>
