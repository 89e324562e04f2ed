import type { GraphBuilder, Value } from '../../../core/graph/graphBuilder.ts'
import { add, mul, sub } from '../../../core/graph/operations/arithmetic.ts'

/** The labels of images that were mixed into those of a batch, as nodes. */
export interface MixedLabels {
  /** `[batch]` */
  readonly labels: Value<'int32'>
  /** `[batch]`: the share of each image that is its own. */
  readonly weights: Value
}

/**
 * Blends what each image's own label gives with what the mixed-in label gives: `weight * own + (1 - weight) * other`.
 */
export function blended(graph: GraphBuilder, own: Value, other: Value, weights: Value): Value {
  const rest = sub(graph, 'other_share', graph.number('whole', 1), weights)
  return add(graph, 'blended', mul(graph, 'own_part', own, weights), mul(graph, 'other_part', other, rest))
}
