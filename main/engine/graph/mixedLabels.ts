import { float32, type GraphBuilder, type Output } from './graphBuilder.ts'

/** The labels of images that were mixed into those of a batch, as nodes. */
export interface MixedLabels {
  /** int32 `[batch]` */
  readonly labels: Output
  /** float32 `[batch]`: the share of each image that is its own. */
  readonly weights: Output
}

/**
 * What is said of each image of a batch by its own label and by the mixed one: `weight * own + (1 - weight) * other`.
 */
export function blended(graph: GraphBuilder, own: Output, other: Output, weights: Output): Output {
  const rest = graph.add('Sub', 'other_share', [graph.number('whole', 1), weights], { T: float32 })
  const kept = graph.add('Mul', 'own_part', [own, weights], { T: float32 })
  return graph.add('AddV2', 'blended', [kept, graph.add('Mul', 'other_part', [other, rest], { T: float32 })], {
    T: float32,
  })
}
