import { z } from 'zod'
import { packedColumns, unpackedColumns } from '../numbers/packedNumbers.ts'
import { Evaluation, RunId } from './run.ts'

/** The metrics of consecutive steps, as columns of equal length. */
export interface MetricRows {
  /** The step of the first row; the others follow without a gap. */
  readonly first: number
  /** Mean loss of the batch. */
  readonly loss: readonly number[]
  /** Share of correct answers in the batch. */
  readonly accuracy: readonly number[]
  /** Training seconds since step 0. */
  readonly seconds: readonly number[]
}

/** What is asked for raw metrics: those of the steps after one, the first ones first. */
export const StepsQuestion = z.strictObject({
  run: RunId,
  after: z.int().min(0),
  count: z.int().min(1).max(20_000),
})
export type StepsQuestion = z.infer<typeof StepsQuestion>

/** Metrics on their way to a window: `loss`, `accuracy` and `seconds`, packed in this order. Fewer than asked for: the last. */
export const PackedRows = z.strictObject({ first: z.int().min(1), columns: z.string() })
export type PackedRows = z.infer<typeof PackedRows>

export function packedRows({ first, loss, accuracy, seconds }: MetricRows): PackedRows {
  return { first, columns: packedColumns([loss, accuracy, seconds]) }
}

export function unpackedRows({ first, columns }: PackedRows): MetricRows {
  const [loss, accuracy, seconds] = unpackedColumns(columns, 3)
  return { first, loss, accuracy, seconds }
}

/** What is asked for evaluations: those after a step, or from the first on, which may be at step 0. */
export const EvaluationsQuestion = z.strictObject({
  run: RunId,
  after: z.int().min(0).nullable(),
  count: z.int().min(1).max(1000),
})
export type EvaluationsQuestion = z.infer<typeof EvaluationsQuestion>

/** An evaluation with the training seconds at its step. */
export const TimedEvaluation = z.strictObject({ ...Evaluation.shape, seconds: z.number().min(0) })
export type TimedEvaluation = z.infer<typeof TimedEvaluation>
