import { float32, type GraphBuilder, int32, outputOf, type Output } from './graphBuilder.ts'
import type { HeadNodes } from './head.ts'
import { blended, type MixedLabels } from './mixedLabels.ts'

/**
 * Softmax with cross-entropy, loss and gradient in one operation. Logits `[batch, classes]`, labels int32 `[batch]`.
 * The answer is the class of the largest logit, the first one where several are largest.
 *
 * With label smoothing s the wanted distribution is 1 - s + s / classes at the label and s / classes elsewhere, and the
 * loss is the cross-entropy with it (Szegedy et al. 2016), which PyTorch and Keras compute too; the gradient is softmax
 * minus it. Of mixed images the wanted distribution is the mixture of those of the two labels (Zhang et al. 2018).
 */
export function softmaxCrossEntropy(
  graph: GraphBuilder,
  {
    logits,
    labels,
    mixed,
    classes,
    labelSmoothing,
  }: { logits: Output; labels: Output; mixed: MixedLabels | null; classes: number; labelSmoothing: number },
): HeadNodes {
  const classAxis = graph.constant('class_axis', { type: 'int32', shape: [], values: [1] })
  const answers = graph.add('ArgMax', 'answers', [logits, classAxis], { T: float32, Tidx: int32, output_type: int32 })
  if (labelSmoothing === 0 && mixed === null) {
    const losses = graph.add('SparseSoftmaxCrossEntropyWithLogits', 'cross_entropy', [logits, labels], {
      T: float32,
      Tlabels: int32,
    })
    return { losses, gradients: outputOf(losses.node, 1), answers }
  }
  const others = labelSmoothing / classes
  const depth = graph.constant('classes', { type: 'int32', shape: [], values: [classes] })
  const atLabel = graph.number('at_label', 1 - labelSmoothing + others)
  const elsewhere = graph.number('elsewhere', others)
  const wantedFor = (name: string, of: Output): Output =>
    graph.add('OneHot', name, [of, depth, atLabel, elsewhere], { T: float32, TI: int32, axis: { int: -1 } })
  const own = wantedFor('wanted', labels)
  const wanted =
    mixed === null ? own : blended(graph, own, wantedFor('wanted_of_other', mixed.labels), column(graph, mixed.weights))
  const losses = graph.add('SoftmaxCrossEntropyWithLogits', 'cross_entropy', [logits, wanted], { T: float32 })
  return { losses, gradients: outputOf(losses.node, 1), answers }
}

/** A vector as a column, which goes along all classes. */
function column(graph: GraphBuilder, vector: Output): Output {
  return graph.add('Reshape', 'column', [vector, graph.extents('column_shape', [-1, 1])], { T: float32, Tshape: int32 })
}

/** The probability of each class, `[batch, classes]`. */
export function softmaxProbabilities(graph: GraphBuilder, logits: Output): Output {
  return graph.add('Softmax', 'probabilities', [logits], { T: float32 })
}
