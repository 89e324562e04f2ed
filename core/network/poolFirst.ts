import type { LayerGeometry } from './geometry.ts'
import { rulesOf } from '../layers/registry.ts'
import { followedAlone, swapped } from './neighbours.ts'

/**
 * Whether the layer maps the largest of some values to the largest of the results. A max pool may swap places with such
 * a layer.
 */
export function isMonotonic({ layer }: LayerGeometry): boolean {
  return rulesOf(layer).isMonotonic?.(layer) === true
}

/** Whether a layer is a max pool without scaling. */
export function isMaxPool({ layer }: LayerGeometry): boolean {
  return rulesOf(layer).isMaxPool?.(layer) === true
}

/**
 * Moves every max pool in front of the ReLU, plain or leaky, directly before it. The outputs and all gradients are the
 * same numbers. With a pool of 2x2, the activation works on a quarter of the values, and in training it does so twice.
 */
export function poolFirst(measured: readonly LayerGeometry[]): readonly LayerGeometry[] {
  const place = measured.findIndex(
    (activation, index) => isMonotonic(activation) && followedAlone(measured, index) && isMaxPool(measured[index + 1]),
  )
  return place < 0 ? measured : poolFirst(swapped(measured, place))
}
