import type { MetricRows, TimedEvaluation } from './metricRows.ts'

/** Everything that was measured at one step; null where it was not. */
export interface MetricTableRow {
  readonly step: number
  /** Training seconds since step 0. */
  readonly seconds: number
  readonly loss: number | null
  readonly accuracy: number | null
  readonly testLoss: number | null
  readonly testAccuracy: number | null
  readonly validationLoss: number | null
  readonly validationAccuracy: number | null
}

/** The columns of the table as CSV names them, in their order. */
const columns: readonly (readonly [name: string, of: keyof MetricTableRow])[] = [
  ['step', 'step'],
  ['seconds', 'seconds'],
  ['loss', 'loss'],
  ['accuracy', 'accuracy'],
  ['test_loss', 'testLoss'],
  ['test_accuracy', 'testAccuracy'],
  ['validation_loss', 'validationLoss'],
  ['validation_accuracy', 'validationAccuracy'],
]

export const metricTableHeader = columns.map(([name]) => name).join(',')

/** A row as CSV: each number with all digits that it takes to read the same number again. */
export function metricTableLine(row: MetricTableRow): string {
  return columns.map(([, of]) => row[of] ?? '').join(',')
}

function rowOf(
  step: number,
  seconds: number,
  loss: number | null,
  accuracy: number | null,
  evaluation: TimedEvaluation | undefined,
): MetricTableRow {
  return {
    step,
    seconds,
    loss,
    accuracy,
    testLoss: evaluation?.loss ?? null,
    testAccuracy: evaluation?.accuracy ?? null,
    validationLoss: evaluation?.validation?.loss ?? null,
    validationAccuracy: evaluation?.validation?.accuracy ?? null,
  }
}

/** Consecutive steps with the evaluations made at them. An evaluation at step 0, before the first step, is a row itself. */
export function metricTableRows(
  { first, loss, accuracy, seconds }: MetricRows,
  evaluations: readonly TimedEvaluation[],
): MetricTableRow[] {
  const at = new Map(evaluations.map((evaluation) => [evaluation.step, evaluation]))
  const before = first === 1 ? at.get(0) : undefined
  const rows = loss.map((value, index) =>
    rowOf(first + index, seconds[index], value, accuracy[index], at.get(first + index)),
  )
  return before === undefined ? rows : [rowOf(0, 0, null, null, before), ...rows]
}
