import type { RunSummary } from '../../core/run/run.ts'
import { epochsOf } from '../text/runFigures.ts'
import type { CurvePoints } from './curvePoints.ts'
import type { XRange } from './series.ts'

/** What the x axis counts; `time` is training time in seconds. */
export const axes = ['step', 'epoch', 'time'] as const
export type Axis = (typeof axes)[number]

/** A range of a run; both ends are steps. */
export interface StepRange {
  readonly from: number
  readonly to: number
}

/** The x of every point on this axis. */
export function axisValues(
  points: Pick<CurvePoints, 'step' | 'seconds'>,
  axis: Axis,
  run: Pick<RunSummary, 'config' | 'trainImages'>,
): readonly number[] {
  if (axis === 'step') return points.step
  return axis === 'time' ? points.seconds : points.step.map((step) => epochsOf(run, step))
}

/** Where the axis of a run ends: at its goal or, for training time, at the time when the goal is expected. */
export function axisEnd(run: RunSummary, axis: Axis): number {
  if (axis === 'step') return run.goal
  if (axis === 'epoch') return epochsOf(run, run.goal)
  if (run.imagesPerSecond === null || run.imagesPerSecond <= 0 || run.state !== 'training')
    return Math.max(1, run.trainingSeconds)
  return run.trainingSeconds + ((run.goal - run.step) * run.config.batch) / run.imagesPerSecond
}

/** The steps of a run that lie in a range of the axis. */
export function stepsIn(
  range: XRange,
  points: CurvePoints,
  axis: Axis,
  run: Pick<RunSummary, 'config' | 'trainImages'>,
): StepRange | null {
  const x = axisValues(points, axis, run)
  const first = x.findIndex((value) => value >= range.min)
  const last = x.findLastIndex((value) => value <= range.max)
  return first === -1 || last < first ? null : { from: points.step[Math.max(0, first - 1)], to: points.step[last] }
}
