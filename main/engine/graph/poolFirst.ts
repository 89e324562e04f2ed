import type { LayerGeometry } from '../../../core/network/geometry.ts'
import { rulesOf } from '../../../core/layers/registry.ts'
import { followedAlone, swapped } from './neighbours.ts'

/**
 * Whether the largest of some values, passed through the layer, is the largest of what it makes of them: max pools and
 * such a function may change places.
 */
export function isMonotonic({ layer }: LayerGeometry): boolean {
  return rulesOf(layer).isMonotonic?.(layer) === true
}

/** Whether a layer is a max pool and nothing else. */
export function isMaxPool({ layer }: LayerGeometry): boolean {
  return rulesOf(layer).isMaxPool?.(layer) === true
}

/**
 * A network's layers with every max pool before the ReLU, plain or leaky, that stands right before it. The outputs and
 * all gradients are the same numbers, and the activation has a quarter of the values (for a pool of 2x2) to work on, in
 * training twice.
 */
export function poolFirst(measured: readonly LayerGeometry[]): readonly LayerGeometry[] {
  const place = measured.findIndex(
    (activation, index) => isMonotonic(activation) && followedAlone(measured, index) && isMaxPool(measured[index + 1]),
  )
  return place < 0 ? measured : poolFirst(swapped(measured, place))
}
