import type { Metric, RunSummary } from '../../../core/run/run.ts'
import type { Axis } from '../../charts/axis.ts'
import { axisValues } from '../../charts/axis.ts'
import { rawColumns } from '../../charts/rawColumns.ts'
import type { Series, XRange } from '../../charts/series.ts'
import { smoothed } from '../../charts/smoothing.ts'
import type { CurvePoints } from '../../charts/curvePoints.ts'
import { epochsOf } from '../../text/runFigures.ts'
import { lookOf } from '../../ui/seriesLook.ts'

export interface ComparedRun {
  readonly run: RunSummary
  readonly label: string
  readonly points: CurvePoints | null
}

/** Whether a metric has a value at every step, so that smoothing makes sense. */
export function isPerStep(metric: Metric): boolean {
  return metric === 'loss' || metric === 'accuracy'
}

/** Validation metrics, with the test metrics measured at the same steps in every run. */
const measuredEverywhere: Partial<Record<Metric, Metric>> = {
  validationAccuracy: 'testAccuracy',
  validationLoss: 'testLoss',
}

/** The metrics that these runs offer. Validation metrics appear if any run holds out images. */
export function metricsOf(runs: readonly Pick<RunSummary, 'config'>[]): Metric[] {
  const held = runs.some(({ config }) => config.data.validationShare > 0)
  return [
    'testAccuracy',
    'testLoss',
    ...(held ? (['validationAccuracy', 'validationLoss'] as const) : []),
    'accuracy',
    'loss',
  ]
}

/** The metric to show for these runs: the chosen one, or its test counterpart if no run has it. */
export function shownMetric(chosen: Metric, runs: readonly Pick<RunSummary, 'config'>[]): Metric {
  return metricsOf(runs).includes(chosen) ? chosen : (measuredEverywhere[chosen] ?? chosen)
}

/** Whether a run can have values of a metric. */
export function hasMetric({ config }: Pick<RunSummary, 'config'>, metric: Metric): boolean {
  return measuredEverywhere[metric] === undefined || config.data.validationShare > 0
}

/** Whether a metric is an accuracy; otherwise it is a loss. */
export function isShare(metric: Metric): boolean {
  return metric === 'accuracy' || metric === 'testAccuracy' || metric === 'validationAccuracy'
}

/** One line per run, in its own colour and dash. */
export function compareSeries(
  runs: readonly ComparedRun[],
  metric: Metric,
  axis: Axis,
  smoothing: number,
  note: (step: number, epoch: number) => string,
): Series[] {
  return runs.flatMap(({ run, label, points }) => {
    if (points === null) return []
    const x = axisValues(points, axis, run)
    const smooth = isPerStep(metric) && smoothing > 0
    return [
      {
        key: String(run.id),
        label,
        look: lookOf(run.id),
        points: { x, y: smooth ? smoothed(points.step, points.mean, smoothing) : points.mean },
        raw: smooth ? rawColumns(points, x) : null,
        noteAt: (index: number, cursor: number) =>
          x[index] === cursor ? '' : note(points.step[index], epochsOf(run, points.step[index])),
      },
    ]
  })
}

/** From zero to the furthest point of any run. A run in training extends to its goal. */
export function compareExtent(runs: readonly RunSummary[], axis: Axis): XRange {
  const ends = runs.map((run) => {
    if (axis === 'time') return run.trainingSeconds
    const step = run.state === 'training' ? run.goal : run.step
    return axis === 'epoch' ? epochsOf(run, step) : step
  })
  return { min: 0, max: Math.max(1e-6, ...ends) }
}
