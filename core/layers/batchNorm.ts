import { z } from 'zod'
import type { GraphBuilder, Value } from '../graph/graphBuilder.ts'
import { add, div, mul, neg, sqrt, sub } from '../graph/operations/arithmetic.ts'
import { biasAdd } from '../graph/operations/matrices.ts'
import { fusedBatchNorm } from '../graph/operations/normalization.ts'
import { defineLayer, type LayerPlace } from './definition.ts'
import { common, freezable } from './parts/fields.ts'
import { keepsMapOrder } from './parts/mapOrder.ts'
import { mapOf } from './parts/measuring.ts'
import { constant } from './parts/layerVariables.ts'

/**
 * Batch normalisation over batch, height and width (Ioffe & Szegedy 2015), with trained scale and shift.
 * Running statistics move as `running = momentum * running + (1 - momentum) * batch`. A frozen one normalises by its
 * running statistics in training too, and they stay, as with `trainable = False` in Keras 3 (its documentation of
 * `BatchNormalization`) and with `eval()` in PyTorch.
 */
export const BatchNormLayer = z.strictObject({
  kind: z.literal('batch-norm'),
  ...common,
  epsilon: z.number().positive().max(1),
  momentum: z.number().min(0).lt(1),
  ...freezable,
})
export type BatchNormLayer = z.infer<typeof BatchNormLayer>

type NormPlace = Pick<LayerPlace<BatchNormLayer>, 'graph' | 'layer' | 'read'>

/** `momentum * running + rest * batch`, with 1 - momentum as the rest. */
function moved(
  graph: GraphBuilder,
  role: string,
  [momentum, rest]: readonly [Value, Value],
  running: Value,
  batch: Value,
): Value {
  const kept = mul(graph, `${role}_kept`, running, momentum)
  return add(graph, `${role}_moved`, kept, mul(graph, `${role}_added`, batch, rest))
}

/** `scale / sqrt(variance + epsilon)` of the running variance, `[channels]`: what each map is multiplied by. */
function runningFactor({ graph, layer, read }: NormPlace): Value {
  const epsilon = graph.number('epsilon', layer.epsilon)
  const deviation = sqrt(graph, 'deviation', add(graph, 'variance_and_epsilon', read('variance'), epsilon))
  return div(graph, 'factor', read('scale'), deviation)
}

/** The normalisation by the running statistics from operations whose gradients take these statistics as constant. */
function byRunningStatistics(place: NormPlace & Pick<LayerPlace<BatchNormLayer>, 'input'>): Value {
  const { graph, input, read } = place
  const factor = runningFactor(place)
  const offset = sub(graph, 'offset', read('shift'), mul(graph, 'scaled_mean', read('mean'), factor))
  return biasAdd(graph, 'output', mul(graph, 'scaled', input, factor), offset)
}

/**
 * Batch normalisation of `[batch, height, width, channels]`: `scale * (x - mean) / sqrt(variance + epsilon) + shift`.
 * In training mean and variance are those of the batch, and the running ones move towards them; the running
 * variance follows the unbiased estimate (divided by n - 1), as in Keras and PyTorch, while the map itself is
 * normalised with the biased one. In inference, and of a frozen layer, both are the running ones.
 */
export const batchNorm = defineLayer({
  kind: 'batch-norm',
  schema: BatchNormLayer,
  measure(layer, [{ shape }]) {
    const channels = [mapOf(shape, layer)[2]]
    const variables = [
      constant(`${layer.name}/scale`, channels, 1, true),
      constant(`${layer.name}/shift`, channels, 0, true),
      constant(`${layer.name}/mean`, channels, 0, false),
      constant(`${layer.name}/variance`, channels, 1, false),
    ]
    return { output: shape, variables }
  },
  nodes(place) {
    const { graph, layer, input, mode, read } = place
    const training = mode === 'training'
    // What comes back through TensorFlow's fused normalisation is the gradient by the statistics of the batch.
    if (mode === 'inspection' || (training && layer.frozen === true)) return { output: byRunningStatistics(place) }
    const running = training ? null : { mean: read('mean'), variance: read('variance') }
    const inputs = { scale: read('scale'), shift: read('shift'), running }
    const { output, mean, variance } = fusedBatchNorm(graph, 'output', input, inputs, layer.epsilon)
    if (!training) return { output }
    const shares = [graph.number('momentum', layer.momentum), graph.number('rest', 1 - layer.momentum)] as const
    return {
      output,
      statistics: {
        mean: moved(graph, 'mean', shares, read('mean'), mean),
        variance: moved(graph, 'variance', shares, read('variance'), variance),
      },
    }
  },
  mapOrder: keepsMapOrder,
  fold(place) {
    const { graph, read } = place
    const factor = runningFactor(place)
    return {
      factor,
      bias(own) {
        const mean = read('mean')
        const offset = own === null ? neg(graph, 'offset', mean) : sub(graph, 'offset', own, mean)
        return add(graph, 'folded_bias', mul(graph, 'scaled_offset', offset, factor), read('shift'))
      },
    }
  },
})
