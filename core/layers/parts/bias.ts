import type { GraphBuilder, Value } from '../../graph/graphBuilder.ts'
import { biasAdd, biasAddGrad } from '../../graph/operations/matrices.ts'
import { reshape } from '../../graph/operations/layout.ts'

/**
 * Adds a bias to the last dimension of what a kernel gives, or nothing. TensorFlow's graph optimiser fuses it into the
 * convolution or product before it.
 */
export function biased(
  graph: GraphBuilder,
  { bias: hasBias }: { readonly bias: boolean },
  input: Value,
  read: (role: string) => Value,
): Value {
  if (!hasBias) return input
  const bias = read('bias')
  return graph.compose(
    'output',
    [input, bias],
    () => biasAdd(graph, 'output', input, bias),
    (within, gradient) => {
      // Seen as rows of one matrix. On the gradient itself TensorFlow would merge the sum with the kernel's gradient
      // into one operation, which takes longer than the two.
      const rows = reshape(within, 'rows', gradient, [-1, ...bias.shape])
      return [gradient, biasAddGrad(within, 'bias', rows)]
    },
  )
}
