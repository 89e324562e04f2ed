/** The accuracy of runs after the same amount of training. Only what was measured is told, nothing in between. */
import { z } from 'zod'
import { RunId } from '../run/run.ts'

const count = z.int().min(0)
const share = z.number().min(0).max(1)

/** What is made equal: steps, images trained on, or seconds of training. */
export const FootingBasis = z.enum(['steps', 'images', 'seconds'])
export type FootingBasis = z.infer<typeof FootingBasis>

/** An evaluation with how much training came before it. */
export const MeasuredPoint = z.strictObject({
  step: count,
  images: count,
  /** Of training. */
  seconds: z.number().min(0),
  /** On the test set. */
  accuracy: share,
  loss: z.number(),
  /** The best evaluation up to it, chosen as the run chooses its best, with its accuracy on the test set. */
  best: z.strictObject({ step: count, accuracy: share }),
})
export type MeasuredPoint = z.infer<typeof MeasuredPoint>

export const EqualFooting = z.strictObject({
  basis: FootingBasis,
  /** How much training all runs had: as much as the run that was measured last after the least. */
  at: z.number().min(0),
  /** The run that this is of. */
  least: RunId,
  /** In the order of the runs; the last evaluation that each had up to there, null where it had none. */
  points: z.array(z.strictObject({ run: RunId, point: MeasuredPoint.nullable() })),
})
export type EqualFooting = z.infer<typeof EqualFooting>

/** The same as it is stored; the images follow from the batch. */
export type StoredPoint = Omit<MeasuredPoint, 'images'>

/** What is asked of a run's evaluations: the last one up to a step, or to so many training seconds. */
export type UpTo = { readonly step: number } | { readonly seconds: number }

/** A run with access to its evaluations. */
export interface MeasuredRun {
  readonly run: number
  /** Images a step. */
  readonly batch: number
  /** The last evaluation up to there; null where there is none. */
  readonly measured: (upTo: UpTo) => StoredPoint | null
}

const amountOf: Record<FootingBasis, (point: MeasuredPoint) => number> = {
  steps: ({ step }) => step,
  images: ({ images }) => images,
  seconds: ({ seconds }) => seconds,
}

function pointOf({ batch, measured }: MeasuredRun, upTo: UpTo): MeasuredPoint | null {
  const point = measured(upTo)
  return point === null ? null : { ...point, images: point.step * batch }
}

/**
 * Runs after equally much training: where the run that was measured after the least stands. Null where fewer than two
 * were measured at all.
 */
export function equalFooting(runs: readonly MeasuredRun[], basis: FootingBasis): EqualFooting | null {
  const ends = runs.flatMap((run) => {
    const point = pointOf(run, { step: Infinity })
    return point === null ? [] : [{ run: run.run, amount: amountOf[basis](point) }]
  })
  if (ends.length < 2) return null
  const least = ends.reduce((one, other) => (other.amount < one.amount ? other : one))
  const upTo = (batch: number): UpTo =>
    basis === 'seconds'
      ? { seconds: least.amount }
      : { step: basis === 'steps' ? least.amount : Math.floor(least.amount / batch) }
  return {
    basis,
    at: least.amount,
    least: least.run,
    points: runs.map((run) => ({ run: run.run, point: pointOf(run, upTo(run.batch)) })),
  }
}
