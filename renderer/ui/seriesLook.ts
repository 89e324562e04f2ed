/** Number of the series colour in tokens.css. */
export type SeriesColour = 1 | 2 | 3 | 4 | 5 | 6

export type Dash = 'full' | 'dashed' | 'dotted' | 'dash-dot' | 'long' | 'dash-dot-dot'

/** Lengths of line and gap in pixels. */
export const dashes: Record<Dash, readonly number[]> = {
  full: [],
  dashed: [6, 4],
  dotted: [2, 3],
  'dash-dot': [8, 3, 2, 3],
  long: [12, 4],
  'dash-dot-dot': [8, 3, 2, 3, 2, 3],
}

/** The form of a mark at a point, hollow either way. */
export type Marker = 'ring' | 'diamond'

/** How a series is told from the others: never by colour alone. */
export interface SeriesLook {
  readonly colour: SeriesColour
  readonly dash: Dash
  readonly marker: Marker
  /** At which points a marker stands: at all, for values that are few, or at the last one, where a line ends. */
  readonly marks: 'none' | 'last' | 'all'
}

const colours = [1, 2, 3, 4, 5, 6] as const satisfies readonly SeriesColour[]
const runDashes = ['full', 'dashed', 'dotted', 'dash-dot', 'long', 'dash-dot-dot'] as const satisfies readonly Dash[]

/** Colour and dash of the run with this id, for life; the pair comes back after 36 runs. */
export function lookOf(id: number): SeriesLook {
  const index = id - 1
  return {
    colour: colours[index % 6],
    dash: runDashes[(index + Math.floor(index / 6)) % 6],
    marker: 'ring',
    marks: 'last',
  }
}
