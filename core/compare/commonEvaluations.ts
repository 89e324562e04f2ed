/** What two runs measured at the same steps. */
import { z } from 'zod'
import { RunId } from '../run/run.ts'

const count = z.int().min(0)
const share = z.number().min(0).max(1)

/** The most steps that are told at once: the last ones. */
export const mostCommon = 10_000

export const RunPair = z.strictObject({ first: RunId, second: RunId })
export type RunPair = z.infer<typeof RunPair>

/** Accuracies on the test set, as columns, at the steps at which both runs were measured; ascending. */
export const CommonEvaluations = z.strictObject({
  /** How many steps there are; of more than `mostCommon` the last ones are told. */
  total: count,
  step: z.array(count),
  first: z.array(share),
  second: z.array(share),
})
export type CommonEvaluations = z.infer<typeof CommonEvaluations>
