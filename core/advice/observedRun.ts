import { z } from 'zod'
import { Evaluation, Goal, RunConfig, RunState } from '../run/run.ts'
import { Problem } from '../words/problems.ts'

/** Points of a curve of losses or accuracies that advice looks at, at most a few times as many. */
export const observedPoints = 100

/** Points of a curve of health that advice looks at. */
export const observedHealthPoints = 20

/** Evaluations that advice looks at, at equal distances where there are more. */
export const mostObservedEvaluations = 100

const Step = z.int().min(0)

/** Columns of equal length: the last step of each bucket, and the values in it. */
export const ObservedCurve = z.strictObject({
  step: z.array(Step),
  min: z.array(z.number()),
  max: z.array(z.number()),
  mean: z.array(z.number()),
})
export type ObservedCurve = z.infer<typeof ObservedCurve>

/** Columns of equal length: steps at which health was measured, and a value of each. */
export const ObservedSeries = z.strictObject({ step: z.array(Step), value: z.array(z.number()) })
export type ObservedSeries = z.infer<typeof ObservedSeries>

/** The health of a layer over time; null where it has none of the kind. */
export const ObservedLayer = z.strictObject({
  layer: z.string(),
  /** Share of its units that are silent, 0-1. */
  silent: ObservedSeries.nullable(),
  gradientNorm: ObservedSeries.nullable(),
})
export type ObservedLayer = z.infer<typeof ObservedLayer>

/** What the data says without a step of training. */
export const ObservedData = z.strictObject({
  /** Training images by class, held-out ones included, in the order of the classes. */
  trainPerClass: z.array(Step),
  testImages: z.int().min(1),
  /** Test images that equal a training image, pixel by pixel. */
  twins: Step,
})
export type ObservedData = z.infer<typeof ObservedData>

/** All that advice about a run is given on: what is stored of it, as coarse as a picture. */
export const ObservedRun = z.strictObject({
  config: RunConfig,
  goal: Goal,
  state: RunState,
  /** Why it failed or was interrupted. */
  problem: Problem.nullable(),
  /** Last step whose metrics are stored. */
  step: Step,
  /** Training images of one epoch. */
  trainImages: z.int().min(1),
  /** Steps of its checkpoints, ascending. */
  checkpoints: z.array(Step),
  /** Mean loss of each batch, as it was trained on: distorted, and with smoothed labels where it has any. */
  loss: ObservedCurve,
  /** Share of right answers in each batch, 0-1. */
  accuracy: ObservedCurve,
  evaluations: z.array(Evaluation),
  health: z.array(ObservedLayer),
  /** Null where the data set is no longer here. */
  data: ObservedData.nullable(),
})
export type ObservedRun = z.infer<typeof ObservedRun>
