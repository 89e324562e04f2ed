import { textWidth } from './shapes.ts'
import { type Scale, shareOf, valueAtShare } from './scale.ts'
import type { Series, XRange } from './series.ts'
import { type Counting, ticksOf, widened } from './ticks.ts'
import { type ValueRange, valueRangeOf } from './valueRange.ts'

/** A value that is worth a line across the chart, such as that of chance. */
export interface Level {
  readonly value: number
  readonly label: string
}

/** What a chart draws and how its axes count. */
export interface Picture {
  /** Those that are shown. */
  readonly series: readonly Series[]
  /** Left out: none. They do not widen the y axis. */
  readonly levels?: readonly Level[]
  readonly x: XRange
  readonly logX: boolean
  readonly logY: boolean
  readonly countingX: Counting
  /** Whether the y axis begins at zero, where it is not logarithmic. */
  readonly fromZero: boolean
  readonly ignoreOutliers: boolean
  /** Top of the y axis as long as there are no points. */
  readonly emptyTop: number
  readonly formatX: (value: number) => string
  /** `step` is the distance between two ticks; it decides how many decimals the label needs. */
  readonly formatY: (value: number, step: number) => string
}

/** The area for the lines, in pixels of the chart. */
export interface ChartArea {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

export interface Tick {
  /** In pixels of the chart. */
  readonly at: number
  readonly label: string
}

/** A chart laid out: its axes, and where they stand in pixels. */
export interface Plot {
  readonly width: number
  readonly height: number
  readonly area: ChartArea
  readonly x: Scale
  readonly y: Scale
  readonly ticksX: readonly Tick[]
  readonly ticksY: readonly Tick[]
  /** Those that lie in the range of the y axis. */
  readonly levels: readonly Tick[]
  /** Null without a value that has a place. */
  readonly range: ValueRange | null
  /** Whether some series begin at places that a logarithmic x axis does not have. */
  readonly leavesOutX: boolean
}

export const tickSize = 13
/** Width reserved for the y labels, so that the x axes of stacked charts line up. */
const labelWidth = 58
const gap = 8
const above = 8
const below = 28
/** Width of the widest usual x label, and height that a y label needs with its gap. */
const columnFor = 84
const rowFor = 34

/** The least x above 0 that some series has a point at. */
function leastPositive(series: readonly Series[], below: number): number {
  let least = Infinity
  for (const { points } of series) {
    const first = points.x.find((x) => x > 0)
    if (first !== undefined) least = Math.min(least, first)
  }
  return least < below ? least : below / 10
}

/** The x axis over a range, from the first place that a logarithmic one has. */
export function scaleOfX({ series, x, logX }: Pick<Picture, 'series' | 'x' | 'logX'>): Scale {
  if (!logX) return { ...x, logarithmic: false }
  const max = x.max > 0 ? x.max : 1
  return { min: x.min > 0 ? x.min : leastPositive(series, max), max, logarithmic: true }
}

function scaleY({ logY, fromZero, emptyTop }: Picture, range: ValueRange | null, most: number): Scale {
  if (range === null)
    return logY
      ? { min: emptyTop / 100, max: emptyTop, logarithmic: true }
      : { min: 0, max: emptyTop, logarithmic: false }
  if (logY) {
    const margin = range.max > range.min ? (range.max / range.min) ** 0.04 : 3
    return { min: range.min / margin, max: range.max * margin, logarithmic: true }
  }
  const min = fromZero ? Math.min(0, range.min) : range.min
  const max = fromZero ? Math.max(0, range.max) : range.max
  // Zeros alone have no height of their own.
  if (min === 0 && max === 0) return { min: 0, max: emptyTop, logarithmic: false }
  const flat = Math.max(Math.abs(max) * 0.05, Number.MIN_VALUE * 1e10)
  return { ...(max > min ? widened({ min, max }, most) : { min: min - flat, max: max + flat }), logarithmic: false }
}

/** Distance from a tick to the next, or on a logarithmic axis the tick itself: what its label must resolve. */
function resolution(ticks: readonly number[], index: number, { logarithmic }: Scale): number {
  if (ticks.length < 2) return 1
  const next = index + 1 < ticks.length ? ticks[index + 1] - ticks[index] : ticks[index] - ticks[index - 1]
  return logarithmic ? Math.min(ticks[index], next) : next
}

/** Lays a picture out in a chart of this size. */
export function plotOf(picture: Picture, width: number, height: number): Plot {
  const rows = Math.min(6, Math.max(2, Math.floor((height - above - below) / rowFor)))
  const x = scaleOfX(picture)
  const range = valueRangeOf(picture.series, {
    x: { min: x.min, max: x.max },
    logarithmic: picture.logY,
    ignoreOutliers: picture.ignoreOutliers,
  })
  const y = scaleY(picture, range, rows - 1)
  const valuesY = ticksOf(y, rows, 'numbers')
  const labelsY = valuesY.map((value, index) => picture.formatY(value, resolution(valuesY, index, y)))
  const left = Math.ceil(Math.max(labelWidth, ...labelsY.map((label) => textWidth(label, tickSize) + gap)))
  const columns = Math.min(8, Math.max(2, Math.floor((width - left) / columnFor)))
  const valuesX = ticksOf(x, columns, picture.countingX)
  const labelsX = valuesX.map(picture.formatX)
  const ends = shareOf(x, valuesX.at(-1) ?? x.min)
  const room = (textWidth(labelsX.at(-1) ?? '', tickSize) / 2) * ends
  const area = {
    left,
    right: Math.max(left + 1, width - Math.max(gap, room)),
    top: above,
    bottom: Math.max(above + 1, height - below),
  }
  return {
    width,
    height,
    area,
    x,
    y,
    ticksX: valuesX.map((value, index) => ({ at: placeIn(area, x, value), label: labelsX[index] })),
    ticksY: valuesY.map((value, index) => ({ at: heightIn(area, y, value), label: labelsY[index] })),
    levels: (picture.levels ?? [])
      .map(({ value, label }) => ({ at: heightIn(area, y, value), label }))
      .filter(({ at }) => at >= area.top && at <= area.bottom),
    range,
    leavesOutX: picture.logX && picture.x.min <= 0 && picture.series.some(({ points }) => points.x.at(0) === 0),
  }
}

function placeIn({ left, right }: ChartArea, scale: Scale, value: number): number {
  return left + shareOf(scale, value) * (right - left)
}

function heightIn({ top, bottom }: ChartArea, scale: Scale, value: number): number {
  return bottom - shareOf(scale, value) * (bottom - top)
}

/** Where a place of the x axis stands, in pixels from the left. */
export function leftOf({ area, x }: Plot, value: number): number {
  return placeIn(area, x, value)
}

/** Where a value stands, in pixels from the top; NaN where a logarithmic axis has no place for it. */
export function topOf({ area, y }: Plot, value: number): number {
  return heightIn(area, y, value)
}

/** The place of the x axis that stands at so many pixels from the left, at most at its ends. */
export function xAt({ area, x }: Plot, left: number): number {
  return valueAtShare(x, Math.min(1, Math.max(0, (left - area.left) / (area.right - area.left))))
}
