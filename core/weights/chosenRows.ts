import type { TableRow, TakenTensor } from './weightsTable.ts'
import type { WeightsProposal } from './weightsProposal.ts'

/** The layer of a variable: `conv_1` of `conv_1/kernel`. */
export function layerOfVariable(variable: string): string {
  return variable.slice(0, variable.lastIndexOf('/'))
}

function isSame(one: TakenTensor | null, other: TakenTensor | null): boolean {
  return one?.tensor === other?.tensor && one?.turn === other?.turn
}

/** All that a variable may take, what is proposed first. */
export function offersFor({ rows }: Pick<WeightsProposal, 'rows'>, variable: string): readonly TakenTensor[] {
  const row = rows.find((one) => one.variable === variable)
  if (row === undefined) return []
  return row.taken === null ? row.choices : [row.taken, ...row.choices]
}

/**
 * The rows of a table after a person has chosen what a variable takes. The first variable of a layer leads: the others
 * follow it to the same layer of the source, or begin anew as it does. Each of them can be chosen by itself afterwards.
 * @param rows As they are; those of the proposal, or with earlier choices.
 * @param taken Null: the variable begins anew.
 */
export function withChosen(
  proposal: WeightsProposal,
  rows: readonly TableRow[],
  variable: string,
  taken: TakenTensor | null,
): TableRow[] {
  const layer = layerOfVariable(variable)
  const leads = rows.find((row) => layerOfVariable(row.variable) === layer)?.variable === variable
  const layers = new Map(proposal.tensors.map((tensor) => [tensor.name, tensor.layer]))
  const source = taken === null ? undefined : layers.get(taken.tensor)
  return rows.map((row, place) => {
    const chosen = row.variable === variable
    if (!chosen && !(leads && layerOfVariable(row.variable) === layer)) return row
    const own = chosen
      ? taken
      : source === undefined
        ? null
        : (offersFor(proposal, row.variable).find(({ tensor }) => layers.get(tensor) === source) ?? null)
    const proposed = proposal.rows[place]
    if (proposed.by !== 'open' && isSame(proposed.taken, own)) return proposed
    return { ...row, taken: own, by: 'person' }
  })
}
