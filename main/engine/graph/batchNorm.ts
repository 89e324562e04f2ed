import type { BatchNormLayer } from '../../../core/model.ts'
import { float32, type GraphBuilder, outputOf, type Output } from './graphBuilder.ts'
import type { LayerNodes, LayerPlace } from './layerNodes.ts'

/** Outputs of FusedBatchNormV3 after the normalised map. The last three are what its gradient needs. */
const batchMean = 1
const batchVariance = 2
const reserved = [3, 4, 5]

/** `momentum * running + (1 - momentum) * batch`, as the layer's model says. */
function moved(
  graph: GraphBuilder,
  role: string,
  momentum: Output,
  rest: Output,
  running: Output,
  batch: Output,
): Output {
  const kept = graph.add('Mul', `${role}_kept`, [running, momentum], { T: float32 })
  const added = graph.add('Mul', `${role}_added`, [batch, rest], { T: float32 })
  return graph.add('AddV2', `${role}_moved`, [kept, added], { T: float32 })
}

/**
 * Batch normalisation of `[batch, height, width, channels]`: `scale * (x - mean) / sqrt(variance + epsilon) + shift`.
 * In training mean and variance are those of the batch, and the running ones move towards them; the running
 * variance follows the unbiased estimate (divided by n - 1), as in Keras and PyTorch, while the map itself is
 * normalised with the biased one. In inference both are the running ones.
 */
export function batchNormNodes({ graph, layer, input, mode, read }: LayerPlace<BatchNormLayer>): LayerNodes {
  const training = mode === 'training'
  // With a running factor of 1 TensorFlow gives the statistics of the batch alone, and asks for empty ones.
  const none = (role: string) => graph.constant(`no_${role}`, { type: 'float32', shape: [0], values: [] })
  const mean = training ? none('mean') : read('mean')
  const variance = training ? none('variance') : read('variance')
  const scale = read('scale')
  const settings = { T: float32, U: float32, epsilon: { float: layer.epsilon }, is_training: { bool: training } }
  const output = graph.add('FusedBatchNormV3', 'output', [input, scale, read('shift'), mean, variance], {
    ...settings,
    exponential_avg_factor: { float: 1 },
  })

  const statistics: Record<string, Output> = {}
  if (training) {
    const momentum = graph.number('momentum', layer.momentum)
    const rest = graph.number('rest', 1 - layer.momentum)
    statistics.mean = moved(graph, 'mean', momentum, rest, read('mean'), outputOf(output.node, batchMean))
    statistics.variance = moved(
      graph,
      'variance',
      momentum,
      rest,
      read('variance'),
      outputOf(output.node, batchVariance),
    )
  }

  return {
    output,
    statistics,
    gradients(gradient, wantsInputs) {
      const { node } = graph.add(
        'FusedBatchNormGradV3',
        'gradients',
        [gradient, input, scale, ...reserved.map((index) => outputOf(output.node, index))],
        settings,
      )
      return {
        inputs: wantsInputs ? [outputOf(node, 0)] : null,
        variables: { scale: outputOf(node, 1), shift: outputOf(node, 2) },
      }
    },
  }
}
