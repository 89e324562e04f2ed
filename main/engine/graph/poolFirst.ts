import type { LayerGeometry } from '../../../core/geometry.ts'
import { changedOver, followedAlone } from './neighbours.ts'

/**
 * Whether the largest of some values, passed through the layer, is the largest of what it makes of them: max pools and
 * such a function may change places.
 */
export function keepsOrder({ layer }: LayerGeometry): boolean {
  return layer.kind === 'activation' && (layer.function.kind === 'relu' || layer.function.kind === 'leaky-relu')
}

/** Whether a layer is a max pool and nothing else. */
export function poolsAlone({ layer }: LayerGeometry): boolean {
  return layer.kind === 'max-pool' && layer.scaling === null
}

/**
 * A network's layers with every max pool before the ReLU, plain or leaky, that stands right before it. The outputs and
 * all gradients are the same numbers, and the activation has a quarter of the values (for a pool of 2x2) to work on, in
 * training twice.
 */
export function poolFirst(measured: readonly LayerGeometry[]): readonly LayerGeometry[] {
  const place = measured.findIndex(
    (activation, index) => keepsOrder(activation) && followedAlone(measured, index) && poolsAlone(measured[index + 1]),
  )
  return place < 0 ? measured : poolFirst(changedOver(measured, place))
}
