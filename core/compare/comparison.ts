/** Runs side by side: what is unfair about it, their accuracy after equal training, and their repeats. */
import { z } from 'zod'
import { RunId, type RunDetail, type RunSummary } from '../run/run.ts'
import { EqualFooting, equalFooting, type FootingBasis, type MeasuredRun } from './equalFooting.ts'
import { Finding, findingsOf } from './findings.ts'
import { RepeatGroups, repeatGroups } from './repeatGroups.ts'

/** The most runs that are compared at once. */
export const mostCompared = 500

export const ComparisonOfRuns = z.strictObject({ runs: z.array(RunId).min(2).max(mostCompared) })

export const RunsComparison = z.strictObject({
  runs: z.array(RunId),
  findings: z.array(Finding),
  /** Null where fewer than two of the runs were measured. */
  footing: z.strictObject({
    steps: EqualFooting.nullable(),
    images: EqualFooting.nullable(),
    seconds: EqualFooting.nullable(),
  } satisfies Record<FootingBasis, unknown>),
  repeats: RepeatGroups,
})
export type RunsComparison = z.infer<typeof RunsComparison>

/** A run with what computed it and what was measured of it. */
export type ComparedRun = RunSummary & Pick<RunDetail, 'stretches'> & Pick<MeasuredRun, 'measured'>

/** @param runs in the order in which the answer has them */
export function comparisonOf(runs: readonly ComparedRun[]): RunsComparison {
  const measured = runs.map(({ id, config, measured }): MeasuredRun => ({ run: id, batch: config.batch, measured }))
  return {
    runs: runs.map(({ id }) => id),
    findings: findingsOf(runs),
    footing: {
      steps: equalFooting(measured, 'steps'),
      images: equalFooting(measured, 'images'),
      seconds: equalFooting(measured, 'seconds'),
    },
    repeats: repeatGroups(runs),
  }
}
