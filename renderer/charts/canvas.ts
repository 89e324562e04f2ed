import { Chart, LinearScale, LineController, LineElement, PointElement } from 'chart.js'
import type { ChartConfiguration, ChartDataset } from 'chart.js'
import { dashes, type Marker } from '../ui/seriesLook.ts'
import { faint, type Palette } from './palette.ts'
import type { Columns, Series, XRange } from './series.ts'

Chart.register(LineController, LineElement, PointElement, LinearScale)

interface Point {
  x: number
  y: number
}

export type LineChart = Chart<'line', Point[]>

/** More markers than this would hide the line, so then only the last one is drawn. */
const mostMarks = 60
/** Names of the marker shapes in chart.js. */
const pointStyles = { ring: 'circle', diamond: 'rectRot' } as const satisfies Record<Marker, string>
/** Radius that makes the markers look equally large, in pixels. */
const radii: Record<Marker, number> = { ring: 4, diamond: 5 }
/** Opacity of the raw curve behind its smoothed one: lower where its strokes are dense. */
function rawAlpha(points: number): number {
  return points > 500 ? 0.17 : 0.34
}

/** Pixels by which a marker may extend beyond the chart area. */
const overhang = 6
/** Width reserved for the y labels, so that the x axes of stacked charts line up. */
const labelWidth = 58
const font = { family: "'Inter Variable', system-ui, sans-serif", size: 13 }

/** What is drawn, apart from the series. */
export interface Picture {
  readonly series: readonly Series[]
  readonly palette: Palette
  readonly x: XRange
  /** Whether the x axis has ticks at whole numbers only. */
  readonly wholeX: boolean
  /** Whether the y axis begins at zero. */
  readonly fromZero: boolean
  /** Top of the y axis as long as there are no points. */
  readonly emptyTop: number
  readonly formatX: (value: number) => string
  /** `step` is the distance between two ticks; it decides how many decimals the label needs. */
  readonly formatY: (value: number, step: number) => string
}

function pointsOf(columns: Columns): Point[] {
  return columns.x.map((x, index) => ({ x, y: columns.y[index] }))
}

function lineOf(series: Series, palette: Palette): ChartDataset<'line', Point[]> {
  const colour = palette.series[series.look.colour]
  const count = series.points.x.length
  const marks = series.look.marks === 'all' && count > mostMarks ? 'last' : series.look.marks
  const radius = radii[series.look.marker]
  return {
    data: pointsOf(series.points),
    borderColor: colour,
    borderWidth: 2,
    borderDash: [...dashes[series.look.dash]],
    pointStyle: pointStyles[series.look.marker],
    pointRadius:
      marks === 'last'
        ? Array.from({ length: count }, (_, index) => (index === count - 1 ? radius : 0))
        : marks === 'all' || count === 1
          ? radius
          : 0,
    pointBackgroundColor: palette.panel,
    pointBorderColor: colour,
    pointBorderWidth: 2,
    borderJoinStyle: 'round',
    clip: overhang,
    // Series with few points are drawn on top, so that no line crosses their markers.
    order: series.look.marks === 'all' ? 0 : 1,
  }
}

function rawOf(raw: Columns, colour: string): ChartDataset<'line', Point[]> {
  return {
    data: pointsOf(raw),
    borderColor: faint(colour, rawAlpha(raw.x.length)),
    borderWidth: 1,
    pointRadius: 0,
    order: 2,
  }
}

function datasetsOf(picture: Picture): ChartDataset<'line', Point[]>[] {
  return picture.series.flatMap((series) => {
    const line = lineOf(series, picture.palette)
    return series.raw === null ? [line] : [line, rawOf(series.raw, picture.palette.series[series.look.colour])]
  })
}

function optionsOf(picture: Picture): NonNullable<ChartConfiguration<'line', Point[]>['options']> {
  const ticks = { color: picture.palette.textSoft, font, padding: 8, maxRotation: 0, includeBounds: false }
  return {
    responsive: true,
    maintainAspectRatio: false,
    animation: false,
    parsing: false,
    normalized: true,
    events: [],
    layout: { padding: { top: 6, right: 8 } },
    scales: {
      x: {
        type: 'linear',
        min: picture.x.min,
        max: picture.x.max,
        grid: { display: false },
        border: { display: false },
        ticks: {
          ...ticks,
          maxTicksLimit: 8,
          ...(picture.wholeX ? { precision: 0 } : {}),
          callback: (value) => picture.formatX(Number(value)),
        },
      },
      y: {
        type: 'linear',
        beginAtZero: picture.fromZero,
        suggestedMax: picture.series.some((series) => series.points.x.length > 0) ? undefined : picture.emptyTop,
        grid: { color: picture.palette.gridLine, drawTicks: false },
        border: { display: false },
        afterFit: (axis) => {
          axis.width = Math.max(axis.width, labelWidth)
        },
        ticks: {
          ...ticks,
          maxTicksLimit: 6,
          callback: (value, _index, all) =>
            picture.formatY(Number(value), all.length > 1 ? Math.abs(all[1].value - all[0].value) : 1),
        },
      },
    },
  }
}

/** Draws a new chart on the canvas. */
export function drawn(canvas: HTMLCanvasElement, picture: Picture): LineChart {
  return new Chart(canvas, { type: 'line', data: { datasets: datasetsOf(picture) }, options: optionsOf(picture) })
}

/** Updates an existing chart. */
export function redraw(chart: LineChart, picture: Picture): void {
  chart.data.datasets = datasetsOf(picture)
  chart.options = optionsOf(picture)
  chart.update('none')
}
