import type { GraphBuilder, Value } from '../../../core/graph/graphBuilder.ts'
import {
  argMax,
  oneHot,
  softmaxCrossEntropyWithLogits,
  sparseSoftmaxCrossEntropyWithLogits,
} from '../../../core/graph/operations/classification.ts'
import { reshape } from '../../../core/graph/operations/layout.ts'
import type { HeadInputs, HeadNodes } from './headNodes.ts'
import { blended } from './mixedLabels.ts'

/**
 * Softmax with cross-entropy: loss and gradient in one operation. Logits `[batch, classes]`, labels int32 `[batch]`.
 * The answer is the class with the largest logit; among equals, the first.
 *
 * With label smoothing s, the target distribution is 1 - s + s / classes at the label and s / classes elsewhere. The
 * loss is the cross-entropy with it (Szegedy et al. 2016), as in PyTorch and Keras; the gradient is softmax minus the
 * target. For mixed images, the target is the mixture of the targets of the two labels (Zhang et al. 2018).
 */
export function softmaxCrossEntropy(
  graph: GraphBuilder,
  {
    logits,
    labels,
    mixed,
    classes,
    labelSmoothing,
  }: HeadInputs & { readonly classes: number; readonly labelSmoothing: number },
): HeadNodes {
  const answers = argMax(graph, 'answers', logits)
  if (labelSmoothing === 0 && mixed === null)
    return { ...sparseSoftmaxCrossEntropyWithLogits(graph, 'cross_entropy', logits, labels), answers }
  const others = labelSmoothing / classes
  const values = {
    classes: graph.integer('classes', classes),
    atLabel: graph.number('at_label', 1 - labelSmoothing + others),
    elsewhere: graph.number('elsewhere', others),
  }
  const wantedFor = (name: string, of: Value<'int32'>): Value => oneHot(graph, name, of, values, classes)
  const own = wantedFor('wanted', labels)
  const wanted =
    mixed === null
      ? own
      : blended(
          graph,
          own,
          wantedFor('wanted_of_other', mixed.labels),
          // A column, which broadcasts over the classes.
          reshape(graph, 'column', mixed.weights, [-1, 1]),
        )
  return { ...softmaxCrossEntropyWithLogits(graph, 'cross_entropy', logits, wanted), answers }
}
