import type { HeatMap } from '../../../core/inspect/explaining.ts'
import { symmetricScale, type ColourMapName, type ColourScale } from '../../../core/pictures/colourMap.ts'

/** The colours of values from 0 on: grey alone, red over the input. */
export function evidenceColours(
  map: HeatMap | null,
  over: boolean,
): { readonly map: ColourMapName; readonly scale: ColourScale } | null {
  if (map === null) return null
  return over ? { map: 'seismic', scale: symmetricScale(map.max) } : { map: 'binary', scale: { low: 0, high: map.max } }
}
