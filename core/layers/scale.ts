import { z } from 'zod'
import { mul } from '../graph/operations/arithmetic.ts'
import { defineLayer } from './definition.ts'
import { common } from './parts/fields.ts'
import { keepsMapOrder } from './parts/mapOrder.ts'

/**
 * Every value times `factor`. Behind the last dense layer it makes the logits small, so that a network begins undecided
 * and its dense layer moves slowly against the others: Page 2018 takes 1/8, Jordan 2024 (airbench) 1/9.
 */
export const ScaleLayer = z.strictObject({
  kind: z.literal('scale'),
  ...common,
  factor: z.number().positive().max(1000),
})

export const scale = defineLayer({
  kind: 'scale',
  schema: ScaleLayer,
  measure: (_, [{ shape }]) => ({ output: shape, variables: [] }),
  nodes: ({ graph, layer, input }) => ({
    output: mul(graph, 'output', input, graph.number('factor', layer.factor)),
  }),
  mapOrder: keepsMapOrder,
})
