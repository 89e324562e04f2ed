import type { Layer } from '../../layers/registry.ts'
import type { Span } from '../../layers/parts/reach.ts'
import { partsOf, valueAt, type SumPlace } from './layerSum.ts'

/** A place under a window, and its value; `NaN` in the padding, where there is none. */
export interface WindowTerm {
  readonly y: number
  readonly x: number
  readonly padding: boolean
  readonly value: number
}

/** What lies under the window of a value. */
export interface WindowTerms {
  readonly from: string
  readonly height: number
  readonly width: number
  /** Row by row. */
  readonly terms: readonly WindowTerm[]
}

function within(place: number, extent: number): boolean {
  return place >= 0 && place < extent
}

function lengthOf({ first, end }: Span): number {
  return end - first
}

/** The values of one map of the first input that lie under the window of a value. */
export function windowTerms(place: SumPlace<Layer>, map: number): WindowTerms {
  const [{ from, shape }] = place.geometry.inputs
  const [height, width = 1] = shape
  const [region] = partsOf(place)
  if (region === null) throw new Error('a window has an input')
  const terms: WindowTerm[] = []
  for (let y = region.rows.first; y < region.rows.end; y += 1) {
    for (let x = region.columns.first; x < region.columns.end; x += 1) {
      const padding = !within(y, height) || !within(x, width)
      terms.push({ y, x, padding, value: padding ? NaN : valueAt(place.inputs[0], shape, { map, y, x }) })
    }
  }
  return { from, height: lengthOf(region.rows), width: lengthOf(region.columns), terms }
}
