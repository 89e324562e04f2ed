import { describe, expect, it } from 'vitest'
import { chartFigure } from '../../renderer/charts/chartFigure.ts'
import { lossText, lossTick, percentTick } from '../../renderer/charts/axisText.ts'
import { zoomedAround } from '../../renderer/charts/cursor.ts'
import { figureSvg } from '../../renderer/charts/figureSvg.ts'
import { type Mark, marksAt, nearestMarks } from '../../renderer/charts/marks.ts'
import { pixelCurve } from '../../renderer/charts/pixelCurve.ts'
import { type Picture, type Plot, plotOf, topOf } from '../../renderer/charts/plot.ts'
import { shareOf, valueAtShare } from '../../renderer/charts/scale.ts'
import type { Series } from '../../renderer/charts/series.ts'
import { type Inks, inks } from '../../renderer/charts/shapes.ts'
import { ticksOf, widened } from '../../renderer/charts/ticks.ts'
import { valueRangeOf } from '../../renderer/charts/valueRange.ts'
import { formatsFor } from '../../renderer/text/formats.ts'
import { lookOf } from '../../renderer/ui/seriesLook.ts'

const en = formatsFor('en')

function series(key: string, y: readonly number[], change: Partial<Series> = {}): Series {
  return {
    key,
    label: `Run ${key}`,
    look: lookOf(Number(key)),
    points: { x: y.map((_, index) => index), y },
    raw: null,
    noteAt: () => '',
    ...change,
  }
}

/** A loss that falls from 2.3 over so many steps. */
const fall = (steps: number): number[] => Array.from({ length: steps }, (_, step) => 2.3 * Math.exp(-step / 20) + 0.1)

function picture(of: readonly Series[], change: Partial<Picture> = {}): Picture {
  return {
    series: of,
    x: { min: 0, max: 100 },
    logX: false,
    logY: false,
    countingX: 'whole',
    fromZero: true,
    ignoreOutliers: true,
    emptyTop: 1,
    formatX: (value) => en.whole(value),
    formatY: (value, step) => lossTick(value, step, en),
    ...change,
  }
}

const plot = (of: readonly Series[], change: Partial<Picture> = {}): Plot => plotOf(picture(of, change), 600, 300)
const labels = (of: readonly Series[], change: Partial<Picture> = {}): string[] =>
  plot(of, change).ticksY.map(({ label }) => label)

describe('the range of values', () => {
  const range = (of: readonly Series[], ignoreOutliers = true): ReturnType<typeof valueRangeOf> =>
    valueRangeOf(of, { x: { min: 0, max: 1000 }, logarithmic: false, ignoreOutliers })

  it('leaves out one run’s first loss of 15, and says whose it is', () => {
    const found = range([series('1', fall(50)), series('2', [15, ...fall(50)])])
    expect(found).toMatchObject({ max: 2.4, highest: 15, beyond: ['2'] })
  })

  it('does so where each run has a few measurements only', () => {
    expect(range([series('1', [2.3, 0.6, 0.5]), series('2', [15, 2.1, 0.6])])).toMatchObject({
      max: 2.3,
      beyond: ['2'],
    })
  })

  it('shows everything on demand', () => {
    expect(range([series('1', fall(50)), series('2', [15, ...fall(50)])], false)).toMatchObject({ max: 15, beyond: [] })
  })

  it('leaves out a run that exploded beside runs that did not', () => {
    const exploded = fall(100).map((loss, step) => (step > 60 ? loss * 1e18 : loss))
    expect(range([series('1', fall(100)), series('2', exploded)])).toMatchObject({ max: 2.4, beyond: ['2'] })
  })

  it('leaves out both at once', () => {
    const exploded = fall(100).map((loss, step) => (step > 60 ? loss * 1e18 : loss))
    const found = range([series('1', fall(100)), series('2', exploded), series('3', [15, ...fall(99)])])
    expect(found).toMatchObject({ max: 2.4, beyond: ['2', '3'] })
  })

  it('hides no ordinary beginning: a loss that falls a lot is no outlier', () => {
    const [steep] = [Array.from({ length: 100 }, (_, step) => 2.3 * 0.9 ** step)]
    expect(range([series('1', steep)])).toMatchObject({ max: 2.3, beyond: [] })
    expect(range([series('1', [2.3, 0.1, 0.05])])).toMatchObject({ max: 2.3, beyond: [] })
    expect(
      range([
        series('1', steep),
        series(
          '2',
          steep.map((loss) => loss * 1.5),
        ),
      ])?.beyond,
    ).toEqual([])
  })

  it('hides no run that is worse than the others, but not beyond compare', () => {
    expect(
      range([
        series('1', fall(50)),
        series(
          '2',
          Array.from({ length: 50 }, () => 9),
        ),
      ])?.beyond,
    ).toEqual([])
  })

  it('is that of what is in view, with all that is drawn of a line', () => {
    const drawn = series('1', [5, 1, 1, 1], { raw: { x: [1, 2], y: [0.5, 1.5] } })
    const view = { x: { min: 1, max: 3 }, logarithmic: false, ignoreOutliers: true }
    expect(valueRangeOf([drawn], view)).toMatchObject({ min: 0.5, max: 1.5 })
  })

  it('is there for no values, for equal ones and for values that are not finite', () => {
    expect(range([])).toBeNull()
    expect(range([series('1', [NaN, Infinity])])).toBeNull()
    expect(labels([series('1', [0, 0, 0])])).toEqual(labels([]))
    expect(labels([series('1', [7, 7])], { fromZero: false }).length).toBeGreaterThan(1)
  })
})

describe('a logarithmic axis', () => {
  it('has equal distances for equal ratios, both ways', () => {
    const scale = { min: 0.01, max: 100, logarithmic: true }
    expect([0.01, 1, 100].map((value) => shareOf(scale, value))).toEqual([0, 0.5, 1])
    expect(valueAtShare(scale, 0.25)).toBeCloseTo(0.1, 12)
    expect(shareOf(scale, 0)).toBeNaN()
    expect(shareOf(scale, -1)).toBeNaN()
  })

  it('tells whose values it has no place for, and draws a gap there', () => {
    const drawn = series('1', [1, 0, 0.1, -1, 0.01])
    const laid = plot([drawn, series('2', [1, 1])], { logY: true })
    expect(laid.range?.withoutPlace).toEqual(['1'])
    expect([...pixelCurve(drawn.points, laid).y].map(Number.isFinite)).toEqual([true, false, true, false, true])
  })

  it('leaves the point at zero out of a logarithmic x axis, and says so', () => {
    const drawn = series('1', [3, 2, 1])
    const laid = plot([drawn], { logX: true })
    expect(laid.leavesOutX).toBe(true)
    expect(laid.x).toEqual({ min: 1, max: 100, logarithmic: true })
    expect(plot([drawn], { logX: true, x: { min: 1, max: 2 } }).leavesOutX).toBe(false)
  })

  it('ignores no outliers, because nothing is flattened', () => {
    expect(plot([series('1', fall(50)), series('2', [15, ...fall(50)])], { logY: true }).range).toMatchObject({
      max: 15,
    })
  })

  it('is zoomed by ratios', () => {
    const view = { min: 1, max: 10_000, logarithmic: true }
    const zoomed = zoomedAround(0.5, null, view, { min: 1, max: 10_000 })
    expect([zoomed?.min, zoomed?.max].map((value) => Math.round(value ?? 0))).toEqual([10, 1000])
  })
})

describe('ticks', () => {
  const ticks = (min: number, max: number, logarithmic = false): number[] =>
    ticksOf({ min, max, logarithmic }, 6, 'numbers')

  it('are round numbers, as many as one reads', () => {
    expect(ticks(0, 1)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
    expect(ticks(-3, 2)).toEqual([-3, -2, -1, 0, 1, 2])
    expect(widened({ min: 0.03, max: 2.34 }, 5)).toEqual({ min: 0, max: 2.5 })
  })

  it('are powers of ten on a long logarithmic axis, and finer on a short one', () => {
    expect(ticks(0.01, 1000, true)).toEqual([0.01, 0.1, 1, 10, 100, 1000])
    expect(ticks(1, 50, true)).toEqual([1, 2, 5, 10, 20, 50])
    expect(ticks(2.1, 2.9, true)).toEqual([2.2, 2.4, 2.6, 2.8])
    expect(ticks(1e-8, 1e19, true).length).toBeLessThanOrEqual(6)
  })

  it('are whole where only whole numbers are there, and those of a clock for times', () => {
    expect(ticksOf({ min: 0, max: 3, logarithmic: false }, 8, 'whole')).toEqual([0, 1, 2, 3])
    expect(ticksOf({ min: 0, max: 330, logarithmic: false }, 6, 'seconds')).toEqual([0, 60, 120, 180, 240, 300])
    expect(ticksOf({ min: 0, max: 400_000, logarithmic: false }, 6, 'seconds')).toEqual([
      0, 86_400, 172_800, 259_200, 345_600,
    ])
  })

  it('have labels for any values', () => {
    expect(labels([series('1', [2e19, 1])])).toEqual(['0', '5·10¹⁸', '10¹⁹', '1.5·10¹⁹', '2·10¹⁹'])
    expect(labels([series('1', [4e-7, 1e-7])])).toEqual(['0', '10⁻⁷', '2·10⁻⁷', '3·10⁻⁷', '4·10⁻⁷'])
    expect(labels([series('1', [0.001, 50])], { logY: true })).toEqual(['0.001', '0.01', '0.1', '1', '10'])
    expect(percentTick(0.0005, 0.0005, en).replace('\u00a0', ' ')).toBe('0.05 %')
    expect([lossText(2.34567, en), lossText(2e19, en), lossText(-3e-7, en), lossText(0, en)]).toEqual([
      '2.346',
      '2·10¹⁹',
      '−3·10⁻⁷',
      '0.000',
    ])
  })
})

describe('a curve in pixels', () => {
  it('keeps the ends, the lowest and the highest of what falls into one pixel', () => {
    const y = Array.from({ length: 100_000 }, (_, index) => (index === 50_001 ? 9 : index === 50_002 ? -9 : 0))
    const drawn = series('1', y)
    const laid = plot([drawn], { x: { min: 0, max: 99_999 }, ignoreOutliers: false })
    const { x, y: tops } = pixelCurve(drawn.points, laid)
    expect(x.length).toBeLessThan(4 * 600)
    expect(Math.min(...tops)).toBe(topOf(laid, 9))
    expect(Math.max(...tops)).toBe(topOf(laid, -9))
    expect([x[0], x[x.length - 1]]).toEqual([laid.area.left, laid.area.right])
  })

  it('keeps each point where they fit, and only those around what is in view', () => {
    const drawn = series('1', fall(100))
    expect(pixelCurve(drawn.points, plot([drawn])).x).toHaveLength(100)
    expect(pixelCurve(drawn.points, plot([drawn], { x: { min: 10, max: 20 } })).x).toHaveLength(13)
  })
})

describe('the values under the cursor', () => {
  const many = Array.from({ length: 30 }, (_, index) => series(String(index + 1), [index, 30 - index]))

  it('are sorted as the lines lie', () => {
    const laid = plot(many)
    const values = (at: number): number[] => marksAt(laid, many, at, String).rows.map(({ value }) => Number(value))
    expect(values(0)).toEqual([...Array(30).keys()].reverse())
    expect(values(1)).toEqual(Array.from({ length: 30 }, (_, index) => 30 - index))
  })

  it('are those nearest to the pointer where there are many', () => {
    const { rows: marks } = marksAt(plot(many), many, 0, String)
    const near = (top: number | null): string[] => nearestMarks(marks, top, 3).map(({ value }: Mark) => value)
    expect(near(null)).toEqual(['29', '28', '27'])
    expect(near(marks[15].top)).toEqual(['15', '14', '13'])
    expect(near(1e6)).toEqual(['2', '1', '0'])
    expect(nearestMarks(marks, 0, 40)).toHaveLength(30)
  })

  it('says where they are: at the place of all of them, or at the cursor', () => {
    const sparse = series('1', [1, 2], { points: { x: [0, 20], y: [1, 2] } })
    const finer = series('2', [], { points: { x: [0, 12, 20], y: [1, 1, 2] } })
    expect(marksAt(plot([sparse]), [sparse], 12, String).at).toBe(20)
    expect(marksAt(plot([sparse, finer]), [sparse, finer], 12, String).at).toBe(12)
  })

  it('has none where a value has no place', () => {
    const drawn = series('1', [1, 0])
    expect(marksAt(plot([drawn], { logY: true }), [drawn], 1, String).rows).toEqual([])
  })
})

describe('a chart as a file', () => {
  const plain = Object.fromEntries(inks.map((ink) => [ink, `#${ink}`])) as Record<(typeof inks)[number], string> as Inks
  const svg = (of: readonly Series[], change: Partial<Picture> = {}): string =>
    figureSvg(chartFigure(picture(of, change), { xLabel: 'Step', notes: ['Outliers are left out'] }, 640, 320), plain)

  it('has its names, axis and notes as real text, and its lines as vectors', () => {
    const text = svg([series('1', fall(50)), series('2', fall(40), { label: 'a < b' })])
    expect(text).toContain('>Run 1</text>')
    expect(text).toContain('>a &#60; b</text>')
    expect(text).toContain('>Step</text>')
    expect(text).toContain('>Outliers are left out</text>')
    expect(text.match(/<path /g)).toHaveLength(2)
  })

  it('draws gaps where values are not finite', () => {
    const [path] = /<path d="[^"]*"/.exec(svg([series('1', [1, NaN, 2, 3])])) ?? ['']
    expect(path.match(/M/g)).toHaveLength(2)
    expect(path.match(/L/g)).toHaveLength(1)
  })

  it('draws a band, cut where it has a gap', () => {
    const band = { x: [0, 1, 2, 3, 4], low: [1, 1, NaN, 1, 1], high: [2, 2, NaN, 2, 2] }
    expect(svg([series('1', [1, 1, 1, 1, 1], { band })]).match(/<polygon /g)).toHaveLength(2)
  })
})

describe('a level', () => {
  it('stands at its value with its name, and is left out where the axis does not reach it', () => {
    const { levels } = plot([series('1', [0, 1])], { levels: [{ value: 0.5, label: 'chance 50 %' }] })
    expect(levels).toEqual([{ at: topOf(plot([series('1', [0, 1])]), 0.5), label: 'chance 50 %' }])
    const high = plot([series('1', [0.9, 1])], { fromZero: false, levels: [{ value: 0.1, label: 'chance 10 %' }] })
    expect(high.levels).toEqual([])
    const low = plot([series('1', [0.9, 1])], { fromZero: false })
    expect([high.y, low.levels], 'it does not widen the axis').toEqual([low.y, []])
  })

  it('is drawn in files too', () => {
    const figure = chartFigure(
      picture([series('1', [0, 1])], { levels: [{ value: 0.5, label: 'chance 50 %' }] }),
      { xLabel: 'Step', notes: [] },
      640,
      320,
    )
    const colours = Object.fromEntries(inks.map((ink) => [ink, '#000000'])) as Inks
    expect(figureSvg(figure, colours)).toContain('chance 50 %')
  })
})
