import type { Series, XRange } from './series.ts'

/** What a chart shows, and how its numbers are written. */
export interface ChartDrawing {
  readonly series: readonly Series[]
  /** The colours are read from the page, and read again when this changes. */
  readonly theme: 'light' | 'dark'
  /** The whole of the x axis. */
  readonly extent: XRange
  /** The stretch in view; null: the whole. */
  readonly zoom: XRange | null
  readonly onzoom: (range: XRange | null) => void
  /** Top of the y axis while there are no points. */
  readonly emptyTop: number
  /** Whether the ticks of the x axis stand on whole numbers alone. */
  readonly wholeX: boolean
  readonly formatX: (value: number) => string
  /** `step` is the distance of two ticks. */
  readonly formatY: (value: number, step: number) => string
  readonly formatValue: (value: number) => string
  /** The readout's first line for a place on the x axis. */
  readonly headingAt: (x: number) => string
}
