/** Colours of a map: 256 of three bytes each, red, green, blue. */
export type ColourTable = Uint8Array

export const colourMapNames = ['seismic', 'binary'] as const
export type ColourMapName = (typeof colourMapNames)[number]

const entries = 256

/** Colours at equal distances from 0 to 1, each channel from 0 to 1. Between them it is linear. */
type Stops = readonly (readonly [red: number, green: number, blue: number])[]

/**
 * The stops of matplotlib's maps of the same names (its file `_cm.py`). `seismic` goes from blue over white to red: for
 * values around zero. `binary` goes from white to black: for values from zero on.
 */
const stopsOf: Readonly<Record<ColourMapName, Stops>> = {
  seismic: [
    [0, 0, 0.3],
    [0, 0, 1],
    [1, 1, 1],
    [1, 0, 0],
    [0.5, 0, 0],
  ],
  binary: [
    [1, 1, 1],
    [0, 0, 0],
  ],
}

/**
 * As matplotlib makes its table (`_create_lookup_table` of its `colors.py`): 256 points, linear between the stops, cut
 * off to whole bytes. The order of the operations is matplotlib's too, because a last bit decides about a byte.
 */
function tableOf(stops: Stops): ColourTable {
  const table = new Uint8Array(entries * 3)
  const last = entries - 1
  const stopAt = (stop: number): number => stop * (1 / (stops.length - 1)) * last
  for (let entry = 0; entry < entries; entry += 1) {
    const place = last * (entry * (1 / last))
    // The stop at or after the place; the first and the last entry have the colours of the ends.
    const after = Math.max(
      1,
      stops.findIndex((_, stop) => stopAt(stop) >= place),
    )
    const share = (place - stopAt(after - 1)) / (stopAt(after) - stopAt(after - 1))
    for (let channel = 0; channel < 3; channel += 1) {
      const [from, to] = [stops[after - 1][channel], stops[after][channel]]
      const value = entry === last ? stops[stops.length - 1][channel] : share * (to - from) + from
      table[entry * 3 + channel] = Math.floor(value * 255)
    }
  }
  return table
}

export const colourTables: Readonly<Record<ColourMapName, ColourTable>> = {
  seismic: tableOf(stopsOf.seismic),
  binary: tableOf(stopsOf.binary),
}

/** The values that the first and the last colour of a map stand for. */
export interface ColourScale {
  readonly low: number
  readonly high: number
}

/** From minus to plus a largest absolute value, so that zero is in the middle also where all values are zero. */
export function symmetricScale(largest: number): ColourScale {
  return largest === 0 ? { low: -1, high: 1 } : { low: -largest, high: largest }
}

/**
 * Which colour of a table a value has, as matplotlib's `Normalize` and `Colormap` choose it: the scale is cut into 256
 * equal parts, and values beyond its ends have the colour of the end.
 * @returns 0 to 255; where the scale has no extent, 0.
 */
export function colourIndex(value: number, { low, high }: ColourScale): number {
  if (high <= low) return 0
  const place = Math.floor(((value - low) / (high - low)) * entries)
  return Math.min(entries - 1, Math.max(0, place))
}
