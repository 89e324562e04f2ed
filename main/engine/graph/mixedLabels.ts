import type { GraphBuilder, Value } from '../../../core/graph/graphBuilder.ts'
import { add, mul, sub } from '../../../core/graph/operations/arithmetic.ts'

/** The labels of the images mixed into a batch, as nodes. */
export interface MixedLabels {
  /** `[batch]` */
  readonly labels: Value<'int32'>
  /** `[batch]`: each image's own share. */
  readonly weights: Value
}

/**
 * Blends the result for each image's own label with the result for the mixed-in label: `weight * own + (1 - weight) *
 * other`.
 */
export function blended(graph: GraphBuilder, own: Value, other: Value, weights: Value): Value {
  const rest = sub(graph, 'other_share', graph.number('whole', 1), weights)
  return add(graph, 'blended', mul(graph, 'own_part', own, weights), mul(graph, 'other_part', other, rest))
}
