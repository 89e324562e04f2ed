import type { GraphBuilder, Value } from '../../graph/graphBuilder.ts'
import { transpose } from '../../graph/operations/layout.ts'

/**
 * How maps lie in memory: `[batch, height, width, channels]`, or with the places first, as transforms leave them:
 * `[height, width, batch, channels]`.
 */
export type MapOrder = 'images-first' | 'places-first'

/** For layers that compute each channel or each value by itself, so that it does not matter which index comes first. */
export function keepsMapOrder(_: unknown, coming: MapOrder): { readonly takes: MapOrder; readonly gives: MapOrder } {
  return { takes: coming, gives: coming }
}

/** `[batch, height, width, channels]` becomes `[height, width, batch, channels]`. */
export function placesFirst(graph: GraphBuilder, name: string, images: Value): Value {
  return transpose(graph, name, images, [1, 2, 0, 3])
}

/** `[height, width, batch, channels]` becomes `[batch, height, width, channels]`. */
export function imagesFirst(graph: GraphBuilder, name: string, maps: Value): Value {
  return transpose(graph, name, maps, [2, 0, 1, 3])
}
