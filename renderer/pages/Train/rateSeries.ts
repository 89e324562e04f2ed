import type { RunSummary } from '../../../core/run/run.ts'
import { paceAt } from '../../../core/run/schedule.ts'
import { type Axis, axisValues } from '../../charts/axis.ts'
import type { CurvePoints } from '../../charts/curvePoints.ts'
import type { Series } from '../../charts/series.ts'
import { lookOf } from '../../ui/seriesLook.ts'

/** Points of each part of the curve: more than a chart has pixels to tell apart. */
const most = 1000

/** At most so many steps from `from` to `to`, both of them included, evenly spaced. */
function stepsBetween(from: number, to: number): number[] {
  if (to < from) return []
  const count = Math.min(most, to - from + 1)
  return Array.from({ length: count }, (_, index) =>
    count === 1 ? from : from + Math.round((index * (to - from)) / (count - 1)),
  )
}

export interface RateSeriesOrder {
  readonly run: Pick<RunSummary, 'id' | 'colour' | 'config' | 'trainImages' | 'goal' | 'step'>
  /** Known points of the run, for the training time of its steps. */
  readonly training: CurvePoints | null
  readonly axis: Axis
  readonly label: string
  readonly aheadLabel: string
}

/**
 * The learning rate of each step by the run's schedule: what was, and dotted what is still to come. Over training time
 * there is only what was, because the time to come is not known.
 */
export function rateSeries({ run, training, axis, label, aheadLabel }: RateSeriesOrder): Series[] {
  const { schedule } = run.config
  const part = (
    key: string,
    name: string,
    dash: 'full' | 'dotted',
    steps: readonly number[],
    x: readonly number[],
  ): Series => ({
    key,
    label: name,
    look: { colour: lookOf(run.id, run.colour).colour, dash, marker: 'ring', marks: 'none' },
    points: { x, y: steps.map((step) => paceAt(schedule, step).learningRate) },
    raw: null,
    noteAt: () => '',
  })
  if (axis === 'time') {
    if (training === null) return []
    return [part('rate', label, 'full', training.step, training.seconds)]
  }
  const was = stepsBetween(1, run.step)
  const ahead = stepsBetween(Math.max(1, run.step), run.goal)
  const placesOf = (steps: readonly number[]): readonly number[] => axisValues({ step: steps, seconds: [] }, axis, run)
  return [
    ...(was.length === 0 ? [] : [part('rate', label, 'full', was, placesOf(was))]),
    ...(run.goal <= run.step ? [] : [part('rateAhead', aheadLabel, 'dotted', ahead, placesOf(ahead))]),
  ]
}
