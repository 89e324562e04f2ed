import type { Metric, RunSummary } from '../../../core/run/run.ts'
import type { Axis } from '../../charts/axis.ts'
import { axisValues } from '../../charts/axis.ts'
import { meanCurve, type StepCurve } from '../../charts/meanCurve.ts'
import { rawColumns } from '../../charts/rawColumns.ts'
import type { Series, XRange } from '../../charts/series.ts'
import { smoothed } from '../../charts/smoothing.ts'
import type { CurvePoints } from '../../charts/curvePoints.ts'
import { epochsOf } from '../../text/runFigures.ts'
import { keyOf } from '../../state/compareView.svelte.ts'
import { lookOf, type SeriesLook } from '../../ui/seriesLook.ts'

export interface ComparedRun {
  readonly run: RunSummary
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

/** The metrics to show of these runs, in their usual order: the chosen ones, or those of the test if no run has them. */
export function shownMetrics(chosen: readonly Metric[], runs: readonly Pick<RunSummary, 'config'>[]): Metric[] {
  const offered = metricsOf(runs)
  const shown = chosen.map((metric) => (offered.includes(metric) ? metric : (measuredEverywhere[metric] ?? metric)))
  return offered.filter((metric) => shown.includes(metric))
}

/** Whether a run can have values of a metric. */
export function hasMetric({ config }: Pick<RunSummary, 'config'>, metric: Metric): boolean {
  return measuredEverywhere[metric] === undefined || config.data.validationShare > 0
}

/** Whether a metric is an accuracy; otherwise it is a loss. */
export function isShare(metric: Metric): boolean {
  return metric === 'accuracy' || metric === 'testAccuracy' || metric === 'validationAccuracy'
}

/** How a chart of Compare shows its runs. */
export interface CompareLook {
  readonly metric: Metric
  readonly axis: Axis
  readonly smoothing: number
  readonly looks: ReadonlyMap<number, SeriesLook>
  /** The note beside a value that is not measured where the cursor stands. */
  readonly note: (step: number, epoch: number) => string
  /** The note beside the mean of repeats. */
  readonly interval: (low: number, high: number) => string
}

/** A line: one run, or several that repeat each other, with what it is called. */
export interface ComparedLine {
  readonly label: string
  readonly runs: readonly [ComparedRun, ...ComparedRun[]]
}

/** What a chart shows of a run: its values, smoothed where that makes sense. */
function shownCurve({ points, smoothing, metric }: { points: CurvePoints } & CompareLook): StepCurve {
  const smooth = isPerStep(metric) && smoothing > 0
  return {
    step: points.step,
    seconds: points.seconds,
    value: smooth ? smoothed(points.step, points.mean, smoothing) : points.mean,
  }
}

function runSeries(label: string, { run, points }: ComparedRun, look: CompareLook): Series[] {
  if (points === null) return []
  const x = axisValues(points, look.axis, run)
  const smooth = isPerStep(look.metric) && look.smoothing > 0
  return [
    {
      key: keyOf([run]),
      label,
      look: look.looks.get(run.id) ?? lookOf(run.id, run.colour),
      points: { x, y: shownCurve({ points, ...look }).value },
      raw: smooth ? rawColumns(points, x) : null,
      noteAt: (index, cursor) =>
        x[index] === cursor ? '' : look.note(points.step[index], epochsOf(run, points.step[index])),
    },
  ]
}

/** The mean of repeats with its interval, and the runs behind it. Nothing until all of them have been read. */
function repeatSeries(label: string, runs: ComparedLine['runs'], look: CompareLook): Series[] {
  const curves = runs.flatMap(({ points }) => (points === null ? [] : [shownCurve({ points, ...look })]))
  if (curves.length < runs.length) return []
  const [{ run }] = runs
  const { value, low, high, ...mean } = meanCurve(curves, isPerStep(look.metric))
  const x = axisValues(mean, look.axis, run)
  return [
    {
      key: keyOf(runs.map((one) => one.run)),
      label,
      look: look.looks.get(run.id) ?? lookOf(run.id, run.colour),
      points: { x, y: value },
      raw: null,
      singles: curves.map((curve) => ({ x: axisValues(curve, look.axis, run), y: curve.value })),
      band: { x, low, high },
      noteAt: (index) => look.interval(low[index], high[index]),
    },
  ]
}

/** A line for each run, or for each group of repeats, in the colour and dash of its first run. */
export function compareSeries(lines: readonly ComparedLine[], look: CompareLook): Series[] {
  return lines.flatMap(({ label, runs }) =>
    runs.length === 1 ? runSeries(label, runs[0], look) : repeatSeries(label, runs, look),
  )
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
