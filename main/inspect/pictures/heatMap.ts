import type { HeatMap } from '../../../core/inspect/explaining.ts'
import { symmetricScale, type ColourScale } from '../../../core/pictures/colourMap.ts'
import { drawGrid, planesOfMaps, type Picture } from '../../../core/pictures/mapGrid.ts'
import { overlaid } from '../../../core/pictures/overlay.ts'
import type { FoundQuestion } from '../imageOfClass.ts'
import type { Inspection } from '../inspection.ts'
import type { Drawing } from './drawing.ts'
import { enteringPicture } from './input.ts'

function plain({ height, width, values }: HeatMap, colours: 'binary' | 'seismic', scale: ColourScale): Picture {
  const [plane] = planesOfMaps(
    values.map((value) => value ?? NaN),
    [height, width, 1],
  )
  return drawGrid([plane], colours, () => scale)
}

/** Over what enters the network, in grey. */
async function over(
  inspection: Inspection,
  { config, image }: FoundQuestion,
  map: HeatMap,
  scale: ColourScale,
): Promise<Drawing> {
  const input = await enteringPicture(inspection, config, image.order)
  return { picture: overlaid(input, map, scale), colours: { map: 'seismic', scale } }
}

/**
 * Values from 0 on. Alone they are white low and black high, a pixel a value; over the input red, and nothing at 0.
 */
export async function drawEvidence(
  inspection: Inspection,
  found: FoundQuestion & { readonly map: HeatMap },
  overInput: boolean,
): Promise<Drawing> {
  const { map } = found
  if (overInput) return over(inspection, found, map, symmetricScale(map.max))
  const scale = { low: 0, high: map.max }
  return { picture: plain(map, 'binary', scale), colours: { map: 'binary', scale } }
}

/** Values around a middle: below it blue, above it red. Alone they are a pixel a value, white in the middle. */
export async function drawAround(
  inspection: Inspection,
  found: FoundQuestion & { readonly map: HeatMap },
  middle: number,
  overInput: boolean,
): Promise<Drawing> {
  const { map } = found
  const { low, high } = symmetricScale(Math.max(map.max - middle, middle - map.min))
  const scale = { low: middle + low, high: middle + high }
  if (overInput) return over(inspection, found, map, scale)
  return { picture: plain(map, 'seismic', scale), colours: { map: 'seismic', scale } }
}
