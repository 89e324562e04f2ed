import { classesOf } from '../network/geometry.ts'
import type { Evaluation } from '../run/run.ts'
import type { ObservedCurve, ObservedRun } from './observedRun.ts'

/** A part of a run, as shares of the steps that it has made. */
export interface Part {
  readonly from: number
  readonly to: number
}

/** Before that many steps it is too early to say anything of how a run goes. */
export const fewestSteps = 100

/** The last quarter of what a run has made so far. */
export const lastQuarter: Part = { from: 0.75, to: 1 }

/** Which points of a curve lie in a part of a run; the first and the last are taken by the steps of the run itself. */
function indices({ step }: ObservedCurve, last: number, { from, to }: Part): number[] {
  return [...step.keys()].filter((index) => step[index] > from * last && step[index] <= to * last)
}

/** The mean of some values; of none it is not a number. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** What is measured on images that do not train: those held out, and the test set where there are none. */
export function onOthers({
  evaluations,
}: Pick<ObservedRun, 'evaluations'>): Pick<Evaluation, 'step' | 'loss' | 'accuracy'>[] {
  return evaluations.map(({ step, loss, accuracy, validation }) => ({ step, ...(validation ?? { loss, accuracy }) }))
}

/** The mean of a curve over a part of a run; null where nothing was measured there. */
export function levelOf(curve: ObservedCurve, { step }: Pick<ObservedRun, 'step'>, part: Part): number | null {
  const within = indices(curve, step, part)
  return within.length === 0 ? null : mean(within.map((index) => curve.mean[index]))
}

/**
 * How far the mean over a part of a run may be off by chance: the deviation of its points from a straight line, divided
 * by the root of their number. Null where there are fewer than three.
 */
export function errorOf(curve: ObservedCurve, { step }: Pick<ObservedRun, 'step'>, part: Part): number | null {
  const within = indices(curve, step, part)
  if (within.length < 3) return null
  // Differences of neighbours do not see a trend.
  const differences = within.slice(1).map((index, place) => curve.mean[index] - curve.mean[within[place]])
  return Math.sqrt(mean(differences.map((one) => one ** 2)) / 2 / within.length)
}

/** The loss of a network that gives every class the same probability: the logarithm of their number. */
export function chanceLoss({ config }: Pick<ObservedRun, 'config'>): number {
  return Math.log(Math.max(2, classesOf(config.model)))
}

/** The accuracy of a network that always answers the most frequent class, as far as the data is known. */
export function chanceAccuracy({ config, data }: Pick<ObservedRun, 'config' | 'data'>): number {
  const equal = 1 / Math.max(2, classesOf(config.model))
  if (data === null) return equal
  const all = data.trainPerClass.reduce((sum, count) => sum + count, 0)
  return all === 0 ? equal : Math.max(equal, ...data.trainPerClass.map((count) => count / all))
}

/** The steps of a part of a run. */
export function stepsOf({ step }: Pick<ObservedRun, 'step'>, { from, to }: Part): { from: number; to: number } {
  return { from: Math.floor(from * step) + 1, to: Math.round(to * step) }
}
