import { z } from 'zod'
import { reshape } from '../graph/operations/layout.ts'
import { sizeOf } from '../network/shapes.ts'
import { defineLayer } from './definition.ts'
import { common } from './parts/fields.ts'

/** `[batch, height, width, channels]` as `[batch, height * width * channels]`, row by row with channels innermost. */
export const FlattenLayer = z.strictObject({ kind: z.literal('flatten'), ...common })

export const flatten = defineLayer({
  kind: 'flatten',
  schema: FlattenLayer,
  measure: (_, [{ shape }]) => ({ output: [sizeOf(shape)], variables: [] }),
  nodes: ({ graph, geometry, input }) => ({ output: reshape(graph, 'output', input, [-1, ...geometry.output]) }),
  sharesMemory: true,
})
