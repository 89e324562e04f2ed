import type { LayerGeometry } from '../../../core/network/geometry.ts'
import type { GraphBuilder, Value } from '../../../core/graph/graphBuilder.ts'
import type { ProcessorFeatures } from '../../../core/layers/definition.ts'
import { imagesFirst, type MapOrder, placesFirst } from '../../../core/layers/parts/mapOrder.ts'
import { rulesOf } from '../../../core/layers/registry.ts'

/**
 * The order of maps that a layer takes and gives in inference, when its inputs are available in either order. Between
 * convolutions that use transforms, maps stay places-first, because a transpose costs as much as a pool.
 * @param coming The orders of the inputs.
 */
export function orderOf(
  geometry: LayerGeometry,
  coming: readonly MapOrder[],
  processor: ProcessorFeatures,
): { readonly takes: MapOrder; readonly gives: MapOrder } {
  const order = coming.every((each) => each === 'places-first') ? 'places-first' : 'images-first'
  return (
    rulesOf(geometry.layer).mapOrder?.(geometry, order, processor) ?? { takes: 'images-first', gives: 'images-first' }
  )
}

/** The output of a layer, available in either order. */
export class OrderedMaps {
  readonly order: MapOrder
  readonly #graph: GraphBuilder
  readonly #known: Map<MapOrder, Value>

  /** @param graph Scope for the nodes added after the layer. */
  constructor(graph: GraphBuilder, output: Value, order: MapOrder) {
    this.order = order
    this.#graph = graph
    this.#known = new Map([[order, output]])
  }

  /** The maps in that order; transposed at most once, when needed. */
  in(order: MapOrder): Value {
    const known = this.#known.get(order)
    if (known !== undefined) return known
    const transposed =
      order === 'images-first'
        ? imagesFirst(this.#graph, 'images_first', this.in('places-first'))
        : placesFirst(this.#graph, 'places_first', this.in('images-first'))
    this.#known.set(order, transposed)
    return transposed
  }
}
