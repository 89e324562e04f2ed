import type { LayerGeometry } from '../../../core/geometry.ts'
import type { BatchNormLayer } from '../../../core/model.ts'
import { float32, type GraphBuilder, type Output } from './graphBuilder.ts'
import { reshape } from './reshape.ts'

/** What a folded batch normalisation is made of. */
export interface FoldedNorm {
  readonly norm: BatchNormLayer
  /** Names what is added after the normalisation. */
  readonly graph: GraphBuilder
  /** The value of one of its variables, by role. */
  readonly read: (role: string) => Output
}

/**
 * Reads kernel and bias of a convolution that is normalised with the running statistics: `scale * (kernel * x + bias -
 * mean) / sqrt(variance + epsilon) + shift` is a convolution too, with the kernel times a factor a map.
 * @param geometry The convolution's, with the variables that it has by itself.
 */
export function foldedReader(
  { variables, output }: LayerGeometry,
  read: (role: string) => Output,
  { norm, graph, read: readNorm }: FoldedNorm,
): (role: string) => Output {
  const computed = (operation: string, name: string, ...inputs: Output[]): Output =>
    graph.add(operation, name, inputs, { T: float32 })
  const deviation = computed(
    'Sqrt',
    'deviation',
    computed('AddV2', 'variance_and_epsilon', readNorm('variance'), graph.number('epsilon', norm.epsilon)),
  )
  const factor = computed('RealDiv', 'factor', readNorm('scale'), deviation)
  const hasBias = variables.length > 1
  return (role) => {
    if (role === 'bias') {
      const offset = hasBias
        ? computed('Sub', 'offset', read('bias'), readNorm('mean'))
        : computed('Neg', 'offset', readNorm('mean'))
      return computed('AddV2', 'folded_bias', computed('Mul', 'scaled_offset', offset, factor), readNorm('shift'))
    }
    // The last dimension of a kernel counts the maps; the last two of a depthwise one do, together.
    const [{ shape }] = variables
    const maps = output[output.length - 1]
    const asKernel =
      shape[shape.length - 1] === maps ? factor : reshape(graph, 'factor_by_input', factor, shape.slice(-2))
    return computed('Mul', 'folded_kernel', read('kernel'), asKernel)
  }
}
