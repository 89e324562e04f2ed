import type { LayerGeometry } from '../../../core/geometry.ts'
import type { Layer } from '../../../core/model.ts'
import { throughTransforms } from './convForm.ts'
import { float32, type GraphBuilder, int32, type Output } from './graphBuilder.ts'

/**
 * How maps lie in memory: `[batch, height, width, channels]`, or with the places first, as transforms leave them:
 * `[height, width, batch, channels]`.
 */
export type MapOrder = 'images-first' | 'places-first'

/**
 * Layers that compute each channel or each value by itself, so that it does not matter which index comes first; pools
 * see to it themselves.
 */
const eitherWay: ReadonlySet<Layer['kind']> = new Set([
  'batch-norm',
  'activation',
  'dropout',
  'scale',
  'add',
  'concat',
  'max-pool',
  'average-pool',
])

/**
 * In which order a layer takes maps and gives its own in inference, where those that come in may be had in either.
 * Between convolutions through transforms maps keep their places first: to turn them over costs as much as a pool.
 * @param coming The orders in which the inputs come.
 */
export function orderOf(
  { layer, inputs }: LayerGeometry,
  coming: readonly MapOrder[],
): { takes: MapOrder; gives: MapOrder } {
  const takes = coming.every((order) => order === 'places-first') ? 'places-first' : 'images-first'
  const [{ shape }] = inputs
  if (layer.kind === 'conv' && shape.length === 3 && throughTransforms({ layer, input: shape, filters: layer.filters }))
    return { takes, gives: 'places-first' }
  if (layer.kind === 'global-max-pool' || layer.kind === 'global-average-pool') return { takes, gives: 'images-first' }
  return eitherWay.has(layer.kind) ? { takes, gives: takes } : { takes: 'images-first', gives: 'images-first' }
}

/** The output of a layer, to be had in either order. */
export class OrderedMaps {
  readonly order: MapOrder
  readonly #graph: GraphBuilder
  readonly #known: Map<MapOrder, Output>

  /** @param graph Names what is added after the layer. */
  constructor(graph: GraphBuilder, output: Output, order: MapOrder) {
    this.order = order
    this.#graph = graph
    this.#known = new Map([[order, output]])
  }

  in(order: MapOrder): Output {
    const known = this.#known.get(order)
    if (known !== undefined) return known
    const turned =
      order === 'images-first'
        ? imagesFirst(this.#graph, 'images_first', this.in('places-first'))
        : placesFirst(this.#graph, 'places_first', this.in('images-first'))
    this.#known.set(order, turned)
    return turned
  }
}

function transpose(graph: GraphBuilder, name: string, input: Output, axes: readonly number[]): Output {
  return graph.add('Transpose', name, [input, graph.extents(`${name}_order`, axes)], { T: float32, Tperm: int32 })
}

/** `[batch, height, width, channels]` becomes `[height, width, batch, channels]`. */
export function placesFirst(graph: GraphBuilder, name: string, images: Output): Output {
  return transpose(graph, name, images, [1, 2, 0, 3])
}

/** `[height, width, batch, channels]` becomes `[batch, height, width, channels]`. */
export function imagesFirst(graph: GraphBuilder, name: string, maps: Output): Output {
  return transpose(graph, name, maps, [2, 0, 1, 3])
}
