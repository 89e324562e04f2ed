import type { RunSummary } from '../../../core/run/run.ts'
import type { Axis } from '../../charts/axis.ts'
import { axisValues } from '../../charts/axis.ts'
import type { Series } from '../../charts/series.ts'
import { smoothed } from '../../charts/smoothing.ts'
import { rawColumns } from '../../charts/rawColumns.ts'
import type { CurvePoints } from '../../charts/curvePoints.ts'
import { lookOf, type SeriesColour, type SeriesLook } from '../../ui/seriesLook.ts'

export interface TrainSeriesOrder {
  readonly run: Pick<RunSummary, 'id' | 'colour' | 'config' | 'trainImages'>
  readonly training: CurvePoints | null
  readonly test: CurvePoints | null
  /** Null also where the run holds no images out. */
  readonly validation: CurvePoints | null
  /** The value of the first batch, which was taken before the first step; null while it is not known. */
  readonly first: number | null
  readonly axis: Axis
  /** Weight of the past at each step. */
  readonly smoothing: number
  readonly trainingLabel: string
  readonly testLabel: string
  readonly firstLabel: string
  readonly validationLabel: string
  /** The note beside an unsmoothed value under the cursor. */
  readonly rawNote: (value: number) => string
  readonly stepNote: (step: number) => string
}

/** The test set looks the same on the page of every run. */
const testLook: SeriesLook = { colour: 0, dash: 'dashed', marker: 'ring', marks: 'all' }

/** Green, or pink if green is the run's own colour. It always differs from the colours of training and test. */
function validationColour(own: SeriesColour): SeriesColour {
  return own === 3 ? 4 : 3
}

/**
 * Training as a solid line with its raw curve behind it, the test set dashed with rings, the validation images dotted
 * with diamonds.
 */
export function trainSeries(order: TrainSeriesOrder): Series[] {
  const { run, training, test, validation, axis, smoothing } = order
  const own = lookOf(run.id, run.colour).colour
  const series: Series[] = []
  if (training !== null) {
    const x = axisValues(training, axis, run)
    series.push({
      key: 'training',
      label: order.trainingLabel,
      look: { colour: own, dash: 'full', marker: 'ring', marks: 'none' },
      points: { x, y: smoothed(training.step, training.mean, smoothing) },
      raw: smoothing === 0 ? null : rawColumns(training, x),
      noteAt: (index) => (smoothing === 0 ? '' : order.rawNote(training.mean[index])),
    })
  }
  const evaluated = (key: string, label: string, look: SeriesLook, points: CurvePoints | null): void => {
    if (points === null) return
    const x = axisValues(points, axis, run)
    series.push({
      key,
      label,
      look,
      points: { x, y: points.mean },
      raw: null,
      noteAt: (index, cursor) => (x[index] === cursor ? '' : order.stepNote(points.step[index])),
    })
  }
  evaluated('test', order.testLabel, testLook, test)
  evaluated(
    'validation',
    order.validationLabel,
    { colour: validationColour(own), dash: 'dotted', marker: 'diamond', marks: 'all' },
    validation,
  )
  if (order.first !== null)
    series.push({
      key: 'first',
      label: order.firstLabel,
      look: { colour: own, dash: 'full', marker: 'square', marks: 'all' },
      points: { x: [0], y: [order.first] },
      raw: null,
      noteAt: (_index, cursor) => (cursor === 0 ? '' : order.stepNote(0)),
    })
  return series
}
