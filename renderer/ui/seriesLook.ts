/** Number of the series colour in tokens.css; 0 is no run's own. */
export type SeriesColour = 0 | 1 | 2 | 3 | 4 | 5 | 6

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

/** The shape of a marker; all are hollow. */
export type Marker = 'ring' | 'diamond' | 'square' | 'triangle'

/** How a series is distinguished from the others: never by colour alone. */
export interface SeriesLook {
  readonly colour: SeriesColour
  readonly dash: Dash
  readonly marker: Marker
  /** Which points have a marker: all of them, for sparse values, or only the last, at the end of the line. */
  readonly marks: 'none' | 'last' | 'all'
}

/** The colours that runs have. */
export const runColours = [1, 2, 3, 4, 5, 6] as const satisfies readonly SeriesColour[]
const runDashes = ['full', 'dashed', 'dotted', 'dash-dot', 'long', 'dash-dot-dot'] as const satisfies readonly Dash[]

/** A run with the colour that a person chose for it; null: as it comes. */
interface ColouredRun {
  readonly id: number
  readonly colour: SeriesColour | null
}

/** Colour and dash of the run with this id, which are always the same; a pair repeats after 36 runs. */
export function lookOf(id: number, chosen: SeriesColour | null = null): SeriesLook {
  const index = id - 1
  return {
    colour: chosen ?? runColours[index % 6],
    dash: runDashes[(index + Math.floor(index / 6)) % 6],
    marker: 'ring',
    marks: 'last',
  }
}

const markers = ['ring', 'diamond', 'square', 'triangle'] as const satisfies readonly Marker[]

/**
 * The looks of runs that are shown together. Each is that of `lookOf`, but where another run has the same one: then the
 * newer takes another dash in its colour, or another marker where all dashes are taken. A run whose colour was chosen
 * keeps its look before those whose colour was not.
 */
export function looksOf(runs: readonly ColouredRun[]): ReadonlyMap<number, SeriesLook> {
  const taken = new Set<string>()
  const looks = new Map<number, SeriesLook>()
  const nameOf = ({ colour, dash, marker }: SeriesLook): string => `${colour} ${dash} ${marker}`
  const first = [...runs].sort((a, b) => Number(a.colour === null) - Number(b.colour === null) || a.id - b.id)
  for (const { id, colour } of first) {
    const own = lookOf(id, colour)
    const others = markers.flatMap((marker) => runDashes.map((dash) => ({ ...own, dash, marker })))
    const look = [own, ...others].find((one) => !taken.has(nameOf(one))) ?? own
    taken.add(nameOf(look))
    looks.set(id, look)
  }
  return looks
}
