import { float32, type GraphBuilder, int32, type Output } from './graphBuilder.ts'
import type { HeadNodes } from './head.ts'
import { blended, type MixedLabels } from './mixedLabels.ts'

/**
 * One tanh neuron for two classes: t = tanh(z) for logits z `[batch, 1]`; label 1 wants y = 1, label 0 wants y = -1.
 * `hinge`: max(0, 1 - y t). `squared`: (t - y)^2. The answer is class 1 where t > 0.
 * Of mixed images y is the mixture of those of the two labels, -1 to 1.
 */
export function tanhHead(
  graph: GraphBuilder,
  {
    logits,
    labels,
    mixed,
    loss,
  }: { logits: Output; labels: Output; mixed: MixedLabels | null; loss: 'hinge' | 'squared' },
): HeadNodes {
  const settings = { T: float32 }
  const binary = (operation: 'Mul' | 'Sub', name: string, left: Output, right: Output): Output =>
    graph.add(operation, name, [left, right], settings)
  const types = { T: float32, Tshape: int32 }
  const tanh = graph.add(
    'Tanh',
    'tanh',
    [graph.add('Reshape', 'numbers', [logits, graph.extents('one_each', [-1])], types)],
    settings,
  )
  const labelledBy = (name: string, of: Output): Output => graph.add('Cast', name, [of], { SrcT: int32, DstT: float32 })
  const own = labelledBy('labelled', labels)
  const labelled =
    mixed === null ? own : blended(graph, own, labelledBy('labelled_as_other', mixed.labels), mixed.weights)
  const two = graph.number('two', 2)
  const one = graph.number('one', 1)
  const wanted = binary('Sub', 'wanted', binary('Mul', 'doubled', labelled, two), one)

  const byTanh = (): { losses: Output; gradients: Output } => {
    if (loss === 'squared') {
      const error = binary('Sub', 'error', tanh, wanted)
      return {
        losses: graph.add('Square', 'losses', [error], settings),
        gradients: binary('Mul', 'by_tanh', error, two),
      }
    }
    const short = binary('Sub', 'short', one, binary('Mul', 'agreement', wanted, tanh))
    const direction = graph.add('Neg', 'direction', [wanted], settings)
    return {
      losses: graph.add('Relu', 'losses', [short], settings),
      gradients: graph.add('ReluGrad', 'by_tanh', [direction, short], settings),
    }
  }
  const { losses, gradients } = byTanh()
  const byLogits = graph.add('TanhGrad', 'by_logits', [tanh, gradients], settings)

  const positive = graph.add('Greater', 'positive', [tanh, graph.number('zero', 0)], settings)
  return {
    losses,
    gradients: graph.add('Reshape', 'gradients', [byLogits, graph.extents('logits_shape', [-1, 1])], types),
    answers: graph.add('Cast', 'answers', [positive], { SrcT: { type: 'bool' }, DstT: int32 }),
  }
}

/** `[batch, 2]`: (1 - t) / 2 and (1 + t) / 2, which add up to 1 and are equal where the neuron cannot tell. */
export function tanhProbabilities(graph: GraphBuilder, logits: Output): Output {
  const settings = { T: float32 }
  const half = graph.add(
    'Mul',
    'half_tanh',
    [
      graph.add('Tanh', 'tanh', [logits], settings),
      graph.constant('halves', { type: 'float32', shape: [1, 2], values: [-0.5, 0.5] }),
    ],
    settings,
  )
  return graph.add('AddV2', 'probabilities', [half, graph.number('half', 0.5)], settings)
}
