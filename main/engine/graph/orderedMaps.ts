import type { LayerGeometry } from '../../../core/network/geometry.ts'
import type { GraphBuilder, Value } from '../../../core/graph/graphBuilder.ts'
import type { ProcessorFeatures } from '../../../core/layers/definition.ts'
import { imagesFirst, type MapOrder, placesFirst } from '../../../core/layers/parts/mapOrder.ts'
import { rulesOf } from '../../../core/layers/registry.ts'

/**
 * In which order a layer takes maps and gives its own in inference, where those that come in may be had in either.
 * Between convolutions through transforms maps keep their places first: to transpose them costs as much as a pool.
 * @param coming The orders in which the inputs come.
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

/** The output of a layer, to be had in either order. */
export class OrderedMaps {
  readonly order: MapOrder
  readonly #graph: GraphBuilder
  readonly #known: Map<MapOrder, Value>

  /** @param graph Names what is added after the layer. */
  constructor(graph: GraphBuilder, output: Value, order: MapOrder) {
    this.order = order
    this.#graph = graph
    this.#known = new Map([[order, output]])
  }

  /** The maps in that order; they are transposed once, where need be. */
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
