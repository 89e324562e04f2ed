import { lineFigure } from './lineFigure.ts'
import { type Picture, plotOf } from './plot.ts'
import type { Series } from './series.ts'
import { dashes } from '../ui/seriesLook.ts'
import { type Figure, fittedText, seriesInk, type Shape, shifted, textWidth } from './shapes.ts'

export interface ChartWords {
  /** Name of the x axis. */
  readonly xLabel: string
  /** What must be known to read the picture, such as that outliers are left out. */
  readonly notes: readonly string[]
}

const size = 12
const row = 20
const markWidth = 24
const gap = 16
const margin = 8

/** The names of the series with their lines, in as many rows as they need. */
function legend(series: readonly Series[], width: number): { shapes: Shape[]; height: number } {
  const shapes: Shape[] = []
  let [x, y] = [margin, row / 2]
  for (const { label, look } of series) {
    const text = fittedText(label, size, width - 2 * margin - markWidth - 6)
    const taken = markWidth + 6 + textWidth(text, size)
    if (x > margin && x + taken > width - margin) [x, y] = [margin, y + row]
    const points = [
      [x, y],
      [x + markWidth, y],
    ] as const
    shapes.push(
      { kind: 'line', points, ink: seriesInk(look.colour), width: 2, dash: dashes[look.dash] },
      { kind: 'text', x: x + markWidth + 6, y, text, size, anchor: 'start', ink: 'text', turned: false },
    )
    x += taken + gap
  }
  return { shapes, height: y + row / 2 + 6 }
}

/** A text in lines of at most this width. */
function lines(text: string, width: number): string[] {
  const found: string[] = []
  for (const word of text.split(' ')) {
    const last = found.at(-1)
    if (last === undefined || textWidth(`${last} ${word}`, size) > width) found.push(word)
    else found[found.length - 1] = `${last} ${word}`
  }
  return found
}

/** A chart with its legend, the name of its x axis and its notes, for a file. */
export function chartFigure(picture: Picture, words: ChartWords, width: number, height: number): Figure {
  const names = legend(picture.series, width)
  const plot = plotOf(picture, width, height)
  const drawn = lineFigure(picture.series, plot, { lifted: null, dark: false })
  const below = names.height + height
  const notes = words.notes.flatMap((note) => lines(note, width - 2 * margin))
  const text = { kind: 'text', size, ink: 'text-soft', turned: false } as const
  return {
    width,
    height: below + row + notes.length * row,
    shapes: [
      ...names.shapes,
      ...drawn.shapes.map((shape) => shifted(shape, names.height)),
      { ...text, x: (plot.area.left + plot.area.right) / 2, y: below + 6, anchor: 'middle', text: words.xLabel },
      ...notes.map((note, index): Shape => ({
        ...text,
        x: margin,
        y: below + row * (index + 1) + 6,
        anchor: 'start',
        text: note,
      })),
    ],
  }
}
