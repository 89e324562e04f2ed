import type { ObservedCurve, ObservedRun, ObservedSeries } from '../../core/advice/observedRun.ts'

function curveUpTo({ step, min, max, mean }: ObservedCurve, last: number): ObservedCurve {
  const count = step.filter((one) => one <= last).length
  const first = (column: readonly number[]): number[] => column.slice(0, count)
  return { step: first(step), min: first(min), max: first(max), mean: first(mean) }
}

function seriesUpTo({ step, value }: ObservedSeries, last: number): ObservedSeries {
  const count = step.filter((one) => one <= last).length
  return { step: step.slice(0, count), value: value.slice(0, count) }
}

/** A run as it stood when it had made a share of its steps. Its curves are as coarse as those of the whole run. */
export function partOfRun(run: ObservedRun, share: number): ObservedRun {
  const step = Math.floor(share * run.step)
  return {
    ...run,
    state: 'training',
    problem: null,
    step,
    checkpoints: run.checkpoints.filter((one) => one <= step),
    loss: curveUpTo(run.loss, step),
    accuracy: curveUpTo(run.accuracy, step),
    evaluations: run.evaluations.filter((one) => one.step <= step),
    health: run.health.map(({ layer, silent, gradientNorm }) => ({
      layer,
      silent: silent === null ? null : seriesUpTo(silent, step),
      gradientNorm: gradientNorm === null ? null : seriesUpTo(gradientNorm, step),
    })),
  }
}
