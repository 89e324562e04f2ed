import type { KernelWeights } from '../../../core/network/kernelWeights.ts'
import { symmetricScale } from '../../../core/pictures/colourMap.ts'
import { drawGrid, planesOfMaps, type Plane } from '../../../core/pictures/mapGrid.ts'
import { kernelWeights } from '../kernelWeights.ts'
import type { Draw } from './drawing.ts'

/** A dense layer's kernel `[in, out]` is one picture; a convolution's has one a kernel. */
function planesOf({ shape, values }: KernelWeights): Plane[] {
  return planesOfMaps(values, shape.length === 2 ? [...shape, 1] : shape)
}

/** The kernels of a layer for one input channel, on one scale over the layer. */
export const drawKernels: Draw<'kernels'> = async (inspection, { run, step, layer, inputChannel }) => {
  const weights = await kernelWeights(inspection, {
    run,
    layer,
    checkpoint: step,
    ...(inputChannel === null ? {} : { inputChannel }),
  })
  const scale = symmetricScale(weights.largest)
  return { picture: drawGrid(planesOf(weights), 'seismic', () => scale), colours: { map: 'seismic', scale } }
}
