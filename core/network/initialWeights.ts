import { z } from 'zod'
import { Histogram } from '../health/health.ts'
import { PassProgress } from '../inspect/passProgress.ts'
import { RunConfig } from '../run/run.ts'
import { Seed } from '../run/seed.ts'
import { Model } from './model.ts'

/** What decides the weights with which a network begins. */
export const InitialWeightsQuestion = z.strictObject({
  model: Model,
  seed: Seed,
  /** What the run would take of a data set. Only kernels that whiten the images depend on it; null: no set is chosen. */
  data: RunConfig.shape.data.nullable(),
})
export type InitialWeightsQuestion = z.infer<typeof InitialWeightsQuestion>

/** The kernel of a layer before the first step of training, all its values taken together. */
export const InitialKernel = z.strictObject({
  kind: z.literal('kernel'),
  layer: z.string(),
  /** Number of its values. */
  values: z.int().min(1),
  mean: z.number(),
  /** Standard deviation of its values, all of them counted (not of a sample). */
  deviation: z.number().min(0),
  histogram: Histogram,
})
export type InitialKernel = z.infer<typeof InitialKernel>

/**
 * The kernels of a network in the order of its layers, and progress in values. A kernel that whitens the images cannot
 * be told without a data set: `unknown`.
 */
export const InitialWeightsEvent = z.discriminatedUnion('kind', [
  PassProgress,
  InitialKernel,
  z.strictObject({ kind: z.literal('unknown'), layer: z.string() }),
])
export type InitialWeightsEvent = z.infer<typeof InitialWeightsEvent>
