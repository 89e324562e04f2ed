import { imageName } from '../layers/parts/fields.ts'
import type { Variable } from '../layers/parts/layerVariables.ts'
import type { LayerGeometry } from './geometry.ts'
import type { MapShape } from './shapes.ts'

/** The kernel among a layer's variables; null for a layer without. */
export function kernelOf({ layer, variables }: LayerGeometry): Variable | null {
  return variables.find(({ name }) => name === `${layer.name}/kernel`) ?? null
}

/** Whether a layer's kernels see the colours of the image: those of a convolution that takes it as it is. */
export function takesColours({ layer, inputs: [{ from, shape }] }: LayerGeometry): boolean {
  return layer.kind === 'conv' && from === imageName && shape[2] === 3
}

/** The maps that a layer takes flattened, with the layer that they come from; null where something else comes in. */
export function flattenedMaps(
  measured: readonly LayerGeometry[],
  { inputs: [{ from }] }: LayerGeometry,
): { readonly layer: string; readonly shape: MapShape } | null {
  const source = measured.find(({ layer }) => layer.name === from)
  if (source?.layer.kind !== 'flatten') return null
  const [{ from: layer, shape }] = source.inputs
  return shape.length === 3 ? { layer, shape } : null
}
