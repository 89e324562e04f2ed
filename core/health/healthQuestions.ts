import { z } from 'zod'
import { RunId } from '../run/run.ts'
import { Health, HealthEvery, Histogram, Observed } from './health.ts'

const Step = z.int().min(0)

/** A part of a run's steps, both ends included, and how many points of it are wanted at most. */
const part = { points: z.int().min(1).max(10_000), from: Step.optional(), to: Step.optional() }

/** What is asked for curves of health: the whole run where no end is given. */
export const HealthQuestion = z.strictObject({ run: RunId, ...part })
export type HealthQuestion = z.infer<typeof HealthQuestion>

/** What is asked for histograms over time, of one layer and one of its kinds of values. */
export const HistogramsQuestion = z.strictObject({ run: RunId, layer: z.string(), observed: Observed, ...part })
export type HistogramsQuestion = z.infer<typeof HistogramsQuestion>

/** What is asked for whole rows: those after a step, the first ones first. */
export const HealthRowsQuestion = z.strictObject({ run: RunId, after: Step.nullable(), count: z.int().min(1).max(100) })
export type HealthRowsQuestion = z.infer<typeof HealthRowsQuestion>

/** Columns of equal length. A point covers the measurements of its bucket, as in `Curve`; most cover one. */
export const HealthCurve = z.strictObject({
  /** Last measured step of each bucket. */
  step: z.array(Step),
  /** Training seconds at that step. */
  seconds: z.array(z.number()),
  min: z.array(z.number()),
  max: z.array(z.number()),
  mean: z.array(z.number()),
})
export type HealthCurve = z.infer<typeof HealthCurve>

/** The health of one layer over time; null where it has none of the kind. */
export const LayerCurves = z.strictObject({
  layer: z.string(),
  units: z.int().min(1).nullable(),
  /** Share of the units that are silent. */
  silent: HealthCurve.nullable(),
  gradientNorm: HealthCurve.nullable(),
  updateRatio: HealthCurve.nullable(),
  /** First step at which something in the layer was not finite; null where there is none. */
  brokenAt: Step.nullable(),
})
export type LayerCurves = z.infer<typeof LayerCurves>

/** The health of a run over time, layer by layer in the network's order. */
export const RunHealth = z.strictObject({
  run: RunId,
  /** Steps from one measurement to the next, as the run has it now; 0: none is made. */
  every: HealthEvery,
  /** Step of the newest measurement; null before the first. */
  newest: Step.nullable(),
  /** Images of its fixed batch. */
  images: z.int().min(1).nullable(),
  layers: z.array(LayerCurves),
})
export type RunHealth = z.infer<typeof RunHealth>

/** Histograms of one kind of values, by ascending step; where there are too many, the last of each bucket. */
export const LayerHistograms = z.array(z.strictObject({ step: Step, histogram: Histogram }))
export type LayerHistograms = z.infer<typeof LayerHistograms>

/** Whole measurements, by ascending step. */
export const HealthRows = z.array(Health)
