import { colourIndex, colourTables, type ColourMapName, type ColourScale } from '../../../core/pictures/colourMap.ts'

/** The colours of a cell whose number is read on them. */
export interface CellColours {
  readonly background: string
  readonly text: string
}

/** Relative luminance of WCAG 2.2, from three bytes. */
function luminance(bytes: readonly number[]): number {
  const [red, green, blue] = bytes.map((byte) => {
    const share = byte / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** The colour that a value has in a picture, and black or white on it, whichever has the larger contrast. */
export function cellColours(value: number, map: ColourMapName, scale: ColourScale): CellColours {
  const first = 3 * colourIndex(value, scale)
  const bytes = [...colourTables[map].subarray(first, first + 3)]
  // Black and white have equal contrast where (L + 0.05)^2 = 1.05 * 0.05.
  const text = luminance(bytes) > 0.179 ? '#000' : '#fff'
  return { background: `rgb(${bytes.join(' ')})`, text }
}

/** From 0, or the smallest value below it, to the largest. */
export function scaleFromZero(values: readonly (number | null)[]): ColourScale {
  const finite = values.filter((value) => value !== null)
  return { low: Math.min(0, ...finite), high: Math.max(0, ...finite) }
}

/** The largest absolute value, for a scale around zero. */
export function largestIn(values: readonly (number | null)[]): number {
  return values.reduce<number>((most, value) => Math.max(most, Math.abs(value ?? 0)), 0)
}
