import { describe, expect, it } from 'vitest'
import { axisEnd, stepsIn } from '../../renderer/charts/axis.ts'
import type { Scale } from '../../renderer/charts/scale.ts'
import { lossTick, percentTick } from '../../renderer/charts/axisText.ts'
import { movedCursor, zoomedAround } from '../../renderer/charts/cursor.ts'
import { cursorStops, nearestIndex, thinned } from '../../renderer/charts/series.ts'
import { tableRows } from '../../renderer/charts/tableRows.ts'
import {
  type ComparedLine,
  compareExtent,
  compareSeries,
  hasMetric,
  metricsOf,
  shownMetrics,
} from '../../renderer/pages/Compare/compareSeries.ts'
import { meanCurve } from '../../renderer/charts/meanCurve.ts'
import { idsText, linesOf } from '../../renderer/pages/Compare/repeats.ts'
import { trainSeries } from '../../renderer/pages/Train/trainSeries.ts'
import type { CurvePoints } from '../../renderer/charts/curvePoints.ts'
import { formatsFor } from '../../renderer/text/formats.ts'
import { secondsLeft } from '../../renderer/text/runFigures.ts'
import { lookOf, looksOf } from '../../renderer/ui/seriesLook.ts'
import { sampleRun } from './sampleRuns.ts'

const points: CurvePoints = { step: [2, 4, 6], seconds: [1, 2, 3], min: [1, 2, 3], max: [3, 2, 5], mean: [2, 2, 4] }
const order = {
  training: points,
  test: null,
  validation: null,
  smoothing: 0.9,
  trainingLabel: 'training',
  testLabel: 'test',
  validationLabel: 'validation',
  first: null,
  firstLabel: 'first',
  rawNote: String,
  stepNote: String,
} as const

describe('series of Train', () => {
  it('draws training full in the run’s colour with its raw curve, a stroke from least to largest where steps are joined', () => {
    const [training] = trainSeries({ ...order, run: sampleRun(3), axis: 'step' })
    expect(training.look).toEqual({ colour: 3, dash: 'full', marker: 'ring', marks: 'none' })
    expect(training.raw).toEqual({ x: [2, 2, 4, 6, 6], y: [1, 3, 2, 3, 5] })
  })

  it('draws the test set dashed with rings, the same for every run', () => {
    for (const id of [1, 2, 3, 4, 5, 6]) {
      const [training, test] = trainSeries({ ...order, test: points, run: sampleRun(id), axis: 'step' })
      expect(test.look).toEqual({ colour: 0, dash: 'dashed', marker: 'ring', marks: 'all' })
      expect(test.look.colour).not.toBe(training.look.colour)
    }
  })

  it('tells the validation images from the test set and from training by colour, dash and marker, in the run of every colour', () => {
    for (const id of [1, 2, 3, 4, 5, 6]) {
      const looks = trainSeries({ ...order, test: points, validation: points, run: sampleRun(id), axis: 'step' }).map(
        ({ look }) => look,
      )
      expect(looks[2]).toMatchObject({ dash: 'dotted', marker: 'diamond', marks: 'all' })
      expect(new Set(looks.map(({ colour }) => colour)).size).toBe(3)
    }
  })

  it('shows the first batch at step 0, for it was computed before a weight was changed', () => {
    const series = trainSeries({ ...order, first: 0.1, run: sampleRun(2), axis: 'epoch' })
    expect(series.at(-1)).toMatchObject({ key: 'first', label: 'first', points: { x: [0], y: [0.1] } })
    expect(trainSeries({ ...order, run: sampleRun(2), axis: 'step' }).map(({ key }) => key)).toEqual(['training'])
  })

  it('says at which step validation images were measured, at the cursor and in the table', () => {
    const series = trainSeries({
      ...order,
      test: points,
      validation: { ...points, mean: [7, 8, 9] },
      run: sampleRun(1),
      axis: 'step',
    })
    expect(series.map(({ label }) => label)).toEqual(['training', 'test', 'validation'])
    expect(series[2].noteAt(1, 3)).toBe('4')
    // Where the cursor stands at it, its heading says the step.
    expect(series[2].noteAt(1, 4)).toBe('')
    expect(tableRows(series, null).rows[1].values[2]).toBe(8)
  })

  it('counts steps, epochs or seconds', () => {
    const run = sampleRun(1, { batch: 500 })
    const x = (axis: 'step' | 'epoch' | 'time'): readonly number[] => trainSeries({ ...order, run, axis })[0].points.x
    expect(x('step')).toEqual([2, 4, 6])
    expect(x('epoch')).toEqual([0.2, 0.4, 0.6])
    expect(x('time')).toEqual([1, 2, 3])
  })
})

describe('series of Compare', () => {
  const look = {
    axis: 'step',
    smoothing: 0.9,
    looks: looksOf([1, 2, 3].map((id) => ({ id, colour: null }))),
    note: () => '',
    interval: String,
  } as const

  it('tells runs by colour and dash, and the pair comes back after 36 runs only', () => {
    const pairs = Array.from({ length: 36 }, (_, index) => lookOf(index + 1)).map(
      (look) => `${look.colour} ${look.dash}`,
    )
    expect(new Set(pairs).size).toBe(36)
    expect(lookOf(37)).toEqual(lookOf(1))
  })

  it('gives a newcomer another dash where an older run looks the same, and leaves the older one as it is', () => {
    const ids = [73, 1, 37, 2]
    const asTheyCome = (of: readonly number[]) => looksOf(of.map((id) => ({ id, colour: null })))
    const looks = asTheyCome(ids)
    expect(looks.get(1)).toEqual(lookOf(1))
    expect(looks.get(37)).toMatchObject({ colour: lookOf(1).colour })
    expect(new Set(ids.map((id) => JSON.stringify(looks.get(id)))).size).toBe(4)
    expect(asTheyCome([37]).get(37)).toEqual(lookOf(37))
    const all = asTheyCome(Array.from({ length: 144 }, (_, index) => index + 1))
    expect(new Set([...all.values()].map((one) => JSON.stringify(one))).size).toBe(144)
  })

  it('keeps a chosen colour, to which others give way, and tells two that are chosen alike apart', () => {
    // All four would have the look of 1.
    const { colour, dash } = lookOf(1)
    const looks = looksOf([
      { id: 1, colour: null },
      { id: 37, colour: null },
      { id: 73, colour },
      { id: 109, colour },
    ])
    expect(looks.get(73)).toMatchObject({ colour, dash })
    expect([...looks.values()].map((one) => one.colour)).toEqual([colour, colour, colour, colour])
    expect(new Set([...looks.values()].map((one) => one.dash)).size).toBe(4)
    expect(looksOf([{ id: 2, colour: 6 }]).get(2)).toEqual({ ...lookOf(2), colour: 6 })
  })

  it('shows repeats as their mean with its interval, where all of them have a value, and the runs behind it', () => {
    const curve = (mean: readonly number[], step: readonly number[]): CurvePoints => ({
      step,
      seconds: step,
      min: mean,
      max: mean,
      mean,
    })
    const runs = [sampleRun(1), sampleRun(2), sampleRun(3)]
    const [line] = linesOf(runs, true)
    expect(line).toHaveLength(3)
    const [series] = compareSeries(
      [
        {
          label: 'mean',
          runs: [
            { run: runs[0], points: curve([1, 4, 9], [10, 20, 30]) },
            { run: runs[1], points: curve([2, 5, 9], [10, 20, 40]) },
            { run: runs[2], points: curve([3, 9, 9], [10, 20, 30]) },
          ],
        },
      ],
      { ...look, metric: 'testLoss' },
    )
    expect(series.points).toEqual({ x: [10, 20], y: [2, 6] })
    expect(series.singles).toHaveLength(3)
    // t(0.975, 2) = 4.302652729749464, as SciPy has it.
    const half = 4.302652729749464 / Math.sqrt(3)
    expect(series.band?.low[0]).toBeCloseTo(2 - half, 12)
    expect(series.band?.high[1]).toBeCloseTo(6 + half * Math.sqrt(7), 12)
  })

  it('compares points of steps joined only with those of the same steps', () => {
    const joined = { step: [2, 4, 6], seconds: [1, 2, 3], value: [1, 1, 1] }
    const finer = { step: [1, 2, 4, 6], seconds: [1, 1, 2, 3], value: [2, 2, 2, 2] }
    expect(meanCurve([joined, finer], true)).toMatchObject({ step: [4, 6], value: [1.5, 1.5] })
    expect(meanCurve([joined, finer], false)).toMatchObject({ step: [2, 4, 6] })
  })

  it('keeps runs apart that differ in more than their seed, or in their goal', () => {
    const other = { ...sampleRun(2), repeats: 'd'.repeat(64) }
    expect(linesOf([sampleRun(1), other, sampleRun(3, { goal: 900 })], true).map((line) => line.length)).toEqual([
      1, 1, 1,
    ])
    expect(linesOf([sampleRun(1), sampleRun(2)], false)).toHaveLength(2)
    expect(idsText([1, 2, 3, 5, 7, 8])).toBe('1–3, 5, 7, 8')
  })

  it('smooths what has a value every step and nothing else', () => {
    const lines: ComparedLine[] = [{ label: 'one', runs: [{ run: sampleRun(1), points }] }]
    expect(compareSeries(lines, { ...look, metric: 'loss' })[0].raw).not.toBeNull()
    expect(compareSeries(lines, { ...look, metric: 'testLoss' })[0]).toMatchObject({
      raw: null,
      points: { y: points.mean },
    })
  })

  it('offers curves of validation images where a run holds some out, and shows the test set’s where none does', () => {
    const [plain, held] = [sampleRun(1), sampleRun(2, { validationShare: 0.1 })]
    expect(metricsOf([plain])).not.toContain('validationLoss')
    expect(metricsOf([plain, held])).toEqual([
      'testAccuracy',
      'testLoss',
      'validationAccuracy',
      'validationLoss',
      'accuracy',
      'loss',
    ])
    expect(shownMetrics(['validationLoss'], [plain, held])).toEqual(['validationLoss'])
    expect(shownMetrics(['validationLoss'], [plain])).toEqual(['testLoss'])
    expect(shownMetrics(['accuracy', 'testLoss', 'validationLoss'], [plain])).toEqual(['testLoss', 'accuracy'])
    expect([plain, held].map((run) => hasMetric(run, 'validationAccuracy'))).toEqual([false, true])
    expect(hasMetric(plain, 'testAccuracy')).toBe(true)
  })

  it('reaches to the furthest run, and to the goal of one in training', () => {
    expect(
      compareExtent([sampleRun(1, {}, { state: 'done', step: 300 }), sampleRun(2, { goal: 500 }, { step: 10 })], 'step')
        .max,
    ).toBe(500)
    expect(compareExtent([sampleRun(1, {}, { state: 'stopped', step: 300 })], 'step').max).toBe(300)
  })
})

describe('a chart', () => {
  const series = trainSeries({
    ...order,
    run: sampleRun(1),
    axis: 'step',
    test: { ...points, step: [0, 5], mean: [1, 2] },
  })

  it('lets the cursor stand wherever any series has a point', () => {
    expect(cursorStops(series)).toEqual([0, 2, 4, 5, 6])
    expect([nearestIndex([0, 5], 2), nearestIndex([0, 5], 3), nearestIndex([0, 5], 99), nearestIndex([], 1)]).toEqual([
      0, 1, 1, -1,
    ])
  })

  it('moves the cursor by keys within what is in view', () => {
    const view = { min: 2, max: 5 }
    const press = (key: string, from: number | null, shiftKey = false): number | null | undefined =>
      movedCursor({ key, shiftKey }, [0, 2, 4, 5, 6], from, view)
    expect([
      press('ArrowRight', null),
      press('ArrowRight', 2),
      press('ArrowLeft', 2),
      press('ArrowRight', 2, true),
      press('Home', 5),
      press('End', 2),
    ]).toEqual([2, 4, 2, 5, 2, 5])
    expect(press('a', 2)).toBeUndefined()
  })

  it('zooms around the cursor inside the whole and back to it', () => {
    const extent = { min: 0, max: 100 }
    const linear = (min: number, max: number): Scale => ({ min, max, logarithmic: false })
    expect(zoomedAround(0.5, 90, linear(0, 100), extent)).toEqual({ min: 50, max: 100 })
    expect(zoomedAround(2, null, linear(40, 60), extent)).toEqual({ min: 30, max: 70 })
    expect(zoomedAround(2, null, linear(20, 80), extent)).toBeNull()
  })

  it('has a table with every sparse point and the dense ones spread', () => {
    expect(tableRows(series, null).rows[0]).toEqual({ x: 0, values: [null, 1] })
    const many = Array.from({ length: 5000 }, (_, index) => index + 1)
    const dense = { ...series[0], points: { x: many, y: many } }
    const { rows, places } = tableRows([dense, series[1]], null)
    expect(places).toBe(5001)
    expect(rows.length).toBeLessThanOrEqual(202)
    expect(rows.map((row) => row.x)).toEqual(expect.arrayContaining([0, 1, 5, 5000]))
    expect(thinned([1, 2, 3], 10)).toEqual([1, 2, 3])
  })

  it('finds the steps of a stretch on any axis', () => {
    expect(stepsIn({ min: 1.5, max: 3 }, points, 'time', sampleRun(1))).toEqual({ from: 2, to: 6 })
    expect(stepsIn({ min: 90, max: 99 }, points, 'step', sampleRun(1))).toBeNull()
  })

  it('labels ticks with as many decimals as they need', () => {
    const en = formatsFor('en')
    expect(
      [percentTick(0.2, 0.2, en), percentTick(0.205, 0.005, en)].map((text) => text.replace('\u00a0', ' ')),
    ).toEqual(['20 %', '20.5 %'])
    expect([lossTick(2, 1, en), lossTick(2.5, 0.5, en), lossTick(0.05, 0.05, en)]).toEqual(['2', '2.5', '0.05'])
  })
})

describe('the figures of a run', () => {
  it('says no time left before a rate is known', () => {
    expect(secondsLeft(sampleRun(1))).toBeNull()
  })

  it('counts the evaluations ahead at what they took so far', () => {
    const run = sampleRun(
      1,
      { batch: 100, goal: 1000, evaluateEvery: 250 },
      { step: 500, imagesPerSecond: 1000, evaluationSeconds: 4 },
    )
    expect(secondsLeft(run)).toBe(50 + 2 * 2)
  })

  it('expects the end of the time axis from the rate', () => {
    const run = sampleRun(1, { goal: 1000 }, { step: 500, trainingSeconds: 30, imagesPerSecond: 1000 })
    expect(axisEnd(run, 'time')).toBe(80)
    expect(axisEnd({ ...run, state: 'done' }, 'time')).toBe(30)
  })
})
