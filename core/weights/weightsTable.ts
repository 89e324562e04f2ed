import { z } from 'zod'
import { CheckpointChoice, RunId } from '../run/run.ts'
import { Turn } from './turns.ts'

/** Where weights come from: a file of this computer, or the checkpoint of a run, whose network may be another. */
export const WeightsSource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('file'), path: z.string().min(1) }),
  z.strictObject({ kind: z.literal('run'), run: RunId, at: CheckpointChoice }),
])
export type WeightsSource = z.infer<typeof WeightsSource>

/** A tensor of the source, and how its values are brought into the variable's order. */
export const TakenTensor = z.strictObject({ tensor: z.string(), turn: Turn })
export type TakenTensor = z.infer<typeof TakenTensor>

/**
 * What a variable of the network begins with: a tensor, or an initial value of its own.
 *
 * - `name`, `shape`: its layer is called as in the source, or is the only one of its shape on either side.
 * - `order`: there are as many of its shape on either side, and it has the same place among them. That may be wrong.
 * - `person`: a person chose it.
 * - `anew`: nothing fits, or a person wants it so. It begins as it does without weights from elsewhere.
 * - `open`: several fit, and a person must choose.
 */
export const TableRow = z.strictObject({
  /** `<layer>/<role>`, for example `conv_1/kernel`. */
  variable: z.string(),
  /** Null where it begins anew, and where it is open. */
  taken: TakenTensor.nullable(),
  by: z.enum(['name', 'shape', 'order', 'person', 'anew', 'open']),
  /** What else fits it, also what other rows take; the first hundred. */
  choices: z.array(TakenTensor),
})
export type TableRow = z.infer<typeof TableRow>

/** Which tensor goes to which variable: a row a variable, in the order of the network. */
export const WeightsTable = z.strictObject({
  rows: z.array(TableRow),
  /** Tensors of the source that no row takes. */
  unused: z.array(z.string()),
})
export type WeightsTable = z.infer<typeof WeightsTable>

/** Rows that a person must look at before weights are taken: those that are open, and those that follow the order alone. */
export function uncertainRows(rows: readonly TableRow[]): TableRow[] {
  return rows.filter(({ by }) => by === 'open' || by === 'order')
}
