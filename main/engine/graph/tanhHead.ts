import { gradientsBy } from '../../../core/graph/gradients.ts'
import type { GraphBuilder, Value } from '../../../core/graph/graphBuilder.ts'
import { relu, reluGrad, tanh as tanhOf } from '../../../core/graph/operations/activations.ts'
import { add, mul, neg, square, sub } from '../../../core/graph/operations/arithmetic.ts'
import { greater } from '../../../core/graph/operations/classification.ts'
import { cast, reshape } from '../../../core/graph/operations/layout.ts'
import type { HeadInputs, HeadNodes } from './headNodes.ts'
import { blended } from './mixedLabels.ts'

/**
 * One tanh neuron for two classes: t = tanh(z) for logits z `[batch, 1]`. The target y is 1 for label 1 and -1 for
 * label 0. Loss `hinge`: max(0, 1 - y t). Loss `squared`: (t - y)^2. The answer is class 1 when t > 0. For mixed
 * images, y is the mixture of the targets of the two labels, -1 to 1.
 */
export function tanhHead(
  graph: GraphBuilder,
  { logits, labels, mixed, loss }: HeadInputs & { readonly loss: 'hinge' | 'squared' },
): HeadNodes {
  const tanh = tanhOf(graph, 'tanh', reshape(graph, 'numbers', logits, [-1]))
  const labelledBy = (name: string, of: Value<'int32'>): Value => cast(graph, name, of, 'float32')
  const own = labelledBy('labelled', labels)
  const labelled =
    mixed === null ? own : blended(graph, own, labelledBy('labelled_as_other', mixed.labels), mixed.weights)
  const two = graph.number('two', 2)
  const one = graph.number('one', 1)
  const wanted = sub(graph, 'wanted', mul(graph, 'doubled', labelled, two), one)

  // The gradients with respect to t are written out, because derived ones would start from a tensor of ones.
  const losses = (): { losses: Value; byTanh: Value } => {
    if (loss === 'squared') {
      const error = sub(graph, 'error', tanh, wanted)
      return { losses: square(graph, 'losses', error), byTanh: mul(graph, 'by_tanh', error, two) }
    }
    const short = sub(graph, 'short', one, mul(graph, 'agreement', wanted, tanh))
    const direction = neg(graph, 'direction', wanted)
    return { losses: relu(graph, 'losses', short), byTanh: reluGrad(graph, 'by_tanh', direction, short) }
  }
  const { losses: ofEach, byTanh } = losses()
  const gradients = gradientsBy(graph, tanh, byTanh, [logits]).get(logits)
  if (gradients === undefined) throw new Error('the tanh neuron does not depend on its logits')

  const positive = greater(graph, 'positive', tanh, graph.number('zero', 0))
  return { losses: ofEach, gradients, answers: cast(graph, 'answers', positive, 'int32') }
}

/** `[batch, 2]`: (1 - t) / 2 and (1 + t) / 2. They add up to 1, and are equal when t is 0. */
export function tanhProbabilities(graph: GraphBuilder, logits: Value): Value {
  const halves = graph.constant('halves', { type: 'float32', shape: [1, 2], values: [-0.5, 0.5] })
  const half = mul(graph, 'half_tanh', tanhOf(graph, 'tanh', logits), halves)
  return add(graph, 'probabilities', half, graph.number('half', 0.5))
}
