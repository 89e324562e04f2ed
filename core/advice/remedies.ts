import type { RequestChanges } from '../run/changedRequest.ts'
import type { Optimizer } from '../run/optimizer.ts'
import type { Remedy } from './hint.ts'
import { chanceAccuracy } from './levels.ts'
import type { ObservedRun } from './observedRun.ts'

/** Rates with which nearly every network learns something. */
const safeRates: Readonly<Record<Optimizer['kind'], number>> = { adam: 1e-3, adamw: 1e-3, sgd: 0.05 }

/** A rate with a digit that people write. */
function rounded(rate: number): number {
  return Number(rate.toPrecision(1))
}

/** A tenth of a run's rate, or less where even that is more than nearly every network bears. */
export function lowerRate({ config }: Pick<ObservedRun, 'config'>): number {
  const { learningRate } = config.schedule
  return rounded(Math.min(learningRate / 10, safeRates[config.optimizer.kind]))
}

/** The rate with which a run's optimizer usually learns. */
export function usualRate({ config }: Pick<ObservedRun, 'config'>): number {
  return safeRates[config.optimizer.kind]
}

/**
 * The newest checkpoint before a step, if the network had learned something by then; null where there is nothing worth
 * branching from.
 */
export function worthBranching(run: ObservedRun, before: number): number | null {
  const learned = run.evaluations.filter(
    ({ step, accuracy }) => step > 0 && step <= before && accuracy > 2 * chanceAccuracy(run),
  )
  const steps = run.checkpoints.filter((step) => learned.some((one) => one.step <= step) && step <= before)
  return steps.at(-1) ?? null
}

/** A branch from a checkpoint, or a run from the beginning where there is none. */
export function beginningAt(at: number | null, changes: RequestChanges): Remedy {
  return at === null ? { kind: 'anew', changes } : { kind: 'branch', at, changes }
}

/** A branch from the newest checkpoint before a step where one is worth it, and otherwise a run from the beginning. */
export function branchOrAnew(run: ObservedRun, before: number, changes: RequestChanges): Remedy {
  return beginningAt(worthBranching(run, before), changes)
}
