import { kernelsIn, largestOf } from '../../../core/inspect/layerKernels.ts'
import { measure } from '../../../core/network/geometry.ts'
import { flattenedMaps, takesColours } from '../../../core/network/kernelLayer.ts'
import type { MapShape } from '../../../core/network/shapes.ts'
import { colourKernel } from '../../../core/pictures/colourKernel.ts'
import { symmetricScale } from '../../../core/pictures/colourMap.ts'
import {
  channelsInRow,
  matrixParts,
  planesOfChannel,
  planesOfDepthwise,
  planesOfKernel,
  planesOfMatrix,
  planesOfUnit,
} from '../../../core/pictures/kernelPlanes.ts'
import { drawGrid, type Plane } from '../../../core/pictures/mapGrid.ts'
import { gridOfPictures } from '../../../core/pictures/pictureGrid.ts'
import { refuse } from '../../../core/words/problems.ts'
import { checkInputChannel, layerKernel, type LayerKernel } from '../layerKernel.ts'
import type { Draw, Drawing } from './drawing.ts'

/** Weights in the colours of `seismic` on one scale over the layer. */
function drawn({ kernel }: LayerKernel, planes: readonly Plane[], columns?: number): Drawing {
  const scale = symmetricScale(largestOf(kernel.data))
  return { picture: drawGrid(planes, 'seismic', () => scale, columns), colours: { map: 'seismic', scale } }
}

/** A plane an input channel. */
function inChannels(found: LayerKernel, planes: readonly Plane[]): Drawing {
  return drawn(found, planes, channelsInRow(planes.length))
}

/** @throws LabError `kernel-unknown`. */
function checkKernel({ geometry: { layer }, kernel: { shape } }: LayerKernel, kernel: number): void {
  const last = kernelsIn(shape, layer.kind === 'depthwise-conv') - 1
  if (kernel > last) refuse('kernel-unknown', { layer: layer.name, kernel, last })
}

/** The kernels of a layer for one input channel, or all that it has. */
export const drawKernels: Draw<'kernels'> = async (inspection, { run, step, layer, inputChannel }) => {
  const found = await layerKernel(inspection, { run, layer, checkpoint: step })
  checkInputChannel(found, inputChannel)
  const { kind } = found.geometry.layer
  if (kind === 'depthwise-conv' && inputChannel === null) return drawn(found, planesOfDepthwise(found.kernel))
  if (kind !== 'dense') return drawn(found, planesOfChannel(found.kernel, inputChannel ?? 0))
  return drawn(found, planesOfMatrix(found.kernel), matrixParts(found.kernel.shape).columns)
}

/** The shape of the maps that a dense layer takes flattened; null where something else comes in. */
function mapsInto({ config, geometry }: LayerKernel): MapShape | null {
  return flattenedMaps(measure(config.model), geometry)?.shape ?? null
}

/** One kernel, input channel by input channel. */
export const drawKernel: Draw<'kernel'> = async (inspection, { run, step, layer, kernel }) => {
  const found = await layerKernel(inspection, { run, layer, checkpoint: step })
  checkKernel(found, kernel)
  switch (found.geometry.layer.kind) {
    case 'dense':
      return inChannels(found, planesOfUnit(found.kernel, kernel, mapsInto(found)))
    case 'depthwise-conv':
      return drawn(found, [planesOfDepthwise(found.kernel)[kernel]])
    default:
      return inChannels(found, planesOfKernel(found.kernel, kernel))
  }
}

/** The kernels of a convolution of colour images, in colour. */
export const drawColourKernels: Draw<'colour-kernels'> = async (inspection, { run, step, layer, kernel }) => {
  const found = await layerKernel(inspection, { run, layer, checkpoint: step })
  if (!takesColours(found.geometry)) refuse('layer-without-colours', { layer })
  if (kernel !== null) {
    checkKernel(found, kernel)
    return { picture: colourKernel(found.kernel, kernel), colours: null }
  }
  const pictures = Array.from({ length: found.kernel.shape[3] }, (_, number) => colourKernel(found.kernel, number))
  return { picture: gridOfPictures(pictures), colours: null }
}
