import type { Level } from './plot.ts'
import type { Series, XRange } from './series.ts'
import type { Counting } from './ticks.ts'

/** What a chart shows and how its numbers are formatted. */
export interface ChartDrawing {
  readonly series: readonly Series[]
  /** Named values with a line across the chart; left out: none. */
  readonly levels?: readonly Level[]
  /** The colours are read from the page. They are read again when this value changes. */
  readonly theme: 'light' | 'dark'
  /** The full range of the x axis. */
  readonly extent: XRange
  /** The range in view; null means the full range. */
  readonly zoom: XRange | null
  readonly onzoom: (range: XRange | null) => void
  /** Top of the y axis as long as there are no points. */
  readonly emptyTop: number
  /** Whether the axes are logarithmic; left out: no. */
  readonly logX?: boolean
  readonly logY?: boolean
  readonly countingX: Counting
  readonly formatX: (value: number) => string
  /** `step` is the distance between two ticks. */
  readonly formatY: (value: number, step: number) => string
  readonly formatValue: (value: number) => string
  /** The first line of the readout at a position on the x axis. */
  readonly headingAt: (x: number) => string
}
