import type { Curve, Evaluation, Metric } from '../../core/run/run.ts'
import type { LabEvent } from '../../core/contract/windowContract.ts'
import type { CurvePoints } from '../charts/curvePoints.ts'

type StepsEvent = Extract<LabEvent, { kind: 'steps' }>
type EvaluatedEvent = Extract<LabEvent, { kind: 'evaluated' }>

function appended(
  points: CurvePoints,
  step: readonly number[],
  seconds: readonly number[],
  values: readonly number[],
): CurvePoints {
  if (step.length === 0) return points
  return {
    step: [...points.step, ...step],
    seconds: [...points.seconds, ...seconds],
    min: [...points.min, ...values],
    max: [...points.max, ...values],
    mean: [...points.mean, ...values],
  }
}

function withSteps(points: CurvePoints, event: StepsEvent, values: readonly number[]): CurvePoints {
  const skip = Math.max(0, (points.step.at(-1) ?? 0) + 1 - event.first)
  const steps = values.map((_, index) => event.first + index)
  return appended(points, steps.slice(skip), event.seconds.slice(skip), values.slice(skip))
}

/** The value of each metric in an evaluation; undefined for validation metrics if the run holds out no images. */
const evaluated: Partial<Record<Metric, (evaluation: Evaluation) => number | undefined>> = {
  testLoss: ({ loss }) => loss,
  testAccuracy: ({ accuracy }) => accuracy,
  validationLoss: ({ validation }) => validation?.loss,
  validationAccuracy: ({ validation }) => validation?.accuracy,
}

function withEvaluation(points: CurvePoints, event: EvaluatedEvent, value: number | undefined): CurvePoints {
  if (value === undefined || event.evaluation.step <= (points.step.at(-1) ?? -1)) return points
  return appended(points, [event.evaluation.step], [event.seconds], [value])
}

/** The curve with the points of the event appended. Steps that it already has are skipped. */
export function withEvent(points: CurvePoints, metric: Metric, event: LabEvent): CurvePoints {
  if (event.kind === 'steps' && metric === 'loss') return withSteps(points, event, event.loss)
  if (event.kind === 'steps' && metric === 'accuracy') return withSteps(points, event, event.accuracy)
  if (event.kind === 'evaluated') return withEvaluation(points, event, evaluated[metric]?.(event.evaluation))
  return points
}

/** The curve with the points of several events appended. */
export function withEvents(points: CurvePoints, metric: Metric, events: readonly LabEvent[]): CurvePoints {
  return events.reduce((grown, event) => withEvent(grown, metric, event), points)
}

/** A curve as it was read, plus the events that arrived while it was being read. */
export function withMissed(curve: Curve, missed: readonly LabEvent[]): CurvePoints {
  const { step, seconds, min, max, mean } = curve
  const later = missed.filter((event) => event.sequence > curve.sequence)
  return withEvents({ step, seconds, min, max, mean }, curve.metric, later)
}

function sliced(points: CurvePoints, from: number, to?: number): CurvePoints {
  const cut = (column: readonly number[]): readonly number[] => column.slice(from, to)
  return {
    step: cut(points.step),
    seconds: cut(points.seconds),
    min: cut(points.min),
    max: cut(points.max),
    mean: cut(points.mean),
  }
}

/** The full curve, with the coarse points of one range replaced by detailed ones. */
export function withDetail(whole: CurvePoints, detail: CurvePoints): CurvePoints {
  const first = detail.step.at(0)
  const last = detail.step.at(-1)
  if (first === undefined || last === undefined) return whole
  const from = whole.step.findIndex((step) => step >= first)
  if (from === -1) return whole
  const after = whole.step.findIndex((step) => step > last)
  const head = sliced(whole, 0, from)
  const tail = after === -1 ? sliced(whole, whole.step.length) : sliced(whole, after)
  const joined = (column: (points: CurvePoints) => readonly number[]): number[] => [
    ...column(head),
    ...column(detail),
    ...column(tail),
  ]
  return {
    step: joined((points) => points.step),
    seconds: joined((points) => points.seconds),
    min: joined((points) => points.min),
    max: joined((points) => points.max),
    mean: joined((points) => points.mean),
  }
}

/** Whether some point summarizes several steps, so that zooming in can show more. */
export function isCoarse(points: CurvePoints): boolean {
  const last = points.step.at(-1) ?? 0
  return last > points.step.length
}
