import { z } from 'zod'
import { mul } from '../graph/operations/arithmetic.ts'
import { greaterEqual } from '../graph/operations/classification.ts'
import { statelessRandomUniform } from '../graph/operations/random.ts'
import { cast } from '../graph/operations/layout.ts'
import { defineLayer } from './definition.ts'
import { common } from './parts/fields.ts'
import { keepsMapOrder } from './parts/mapOrder.ts'

/**
 * In training each value becomes 0 with probability `rate` and is divided by `1 - rate` otherwise (Srivastava et al.
 * 2014, scaled in training); in inference all pass. What falls out at a step follows from the seed, the layer's place
 * in the list, and the step.
 */
export const DropoutLayer = z.strictObject({ kind: z.literal('dropout'), ...common, rate: z.number().min(0).lt(1) })

export const dropout = defineLayer({
  kind: 'dropout',
  schema: DropoutLayer,
  measure: (_, [{ shape }]) => ({ output: shape, variables: [] }),
  nodes({ graph, layer, input, mode, seed }) {
    if (mode !== 'training') return { output: graph.passOn('output', input) }
    const uniform = statelessRandomUniform(graph, 'uniform', input.shape, seed())
    const kept = greaterEqual(graph, 'kept', uniform, graph.number('rate', layer.rate))
    const ones = cast(graph, 'ones', kept, 'float32')
    const mask = mul(graph, 'mask', ones, graph.number('factor', 1 / (1 - layer.rate)))
    return { output: mul(graph, 'output', input, mask) }
  },
  mapOrder: keepsMapOrder,
  drawsRandomNumbers: true,
})
