import { figuresOfMaps, mapExtents, mapsIn } from '../../../core/inspect/mapFigures.ts'
import type { MapFigures } from '../../../core/inspect/looking.ts'
import type { ColourScale } from '../../../core/pictures/colourMap.ts'
import { drawGrid, planesOfMaps } from '../../../core/pictures/mapGrid.ts'
import { checkMap, layerOutput } from '../maps.ts'
import type { Draw } from './drawing.ts'

/** From the smallest to the largest value, white to black; a layer of equal values is white. */
function scaleOver(figures: readonly MapFigures[]): ColourScale {
  return {
    low: Math.min(...figures.map(({ min }) => min)),
    high: Math.max(...figures.map(({ max }) => max)),
  }
}

/** A vector is a row of maps of one value. */
function asMaps(shape: readonly number[]): readonly number[] {
  const { height, width } = mapExtents(shape)
  return [height, width, mapsIn(shape)]
}

/** All maps of a layer. */
export const drawMaps: Draw<'maps'> = async (inspection, { sha256: _, step, scale, ...question }) => {
  const { output } = await layerOutput(inspection, { ...question, checkpoint: step })
  const figures = figuresOfMaps(output.values, output.shape)
  const overLayer = scaleOver(figures)
  const planes = planesOfMaps(output.values, asMaps(output.shape))
  const picture = drawGrid(planes, 'binary', (map) => (scale === 'layer' ? overLayer : scaleOver([figures[map]])))
  return { picture, colours: scale === 'layer' ? { map: 'binary', scale: overLayer } : null }
}

/** One map of a layer. */
export const drawMap: Draw<'map'> = async (inspection, { sha256: _, step, scale, map, ...question }) => {
  const { output } = await layerOutput(inspection, { ...question, checkpoint: step })
  checkMap(question.layer, output.shape, map)
  const figures = figuresOfMaps(output.values, output.shape)
  const chosen = scaleOver(scale === 'layer' ? figures : [figures[map]])
  const plane = planesOfMaps(output.values, asMaps(output.shape))[map]
  return { picture: drawGrid([plane], 'binary', () => chosen), colours: { map: 'binary', scale: chosen } }
}
