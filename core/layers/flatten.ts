import { z } from 'zod'
import { reshape } from '../graph/operations/layout.ts'
import { type Shape, sizeOf } from '../network/shapes.ts'
import { defineLayer } from './definition.ts'
import { common } from './parts/fields.ts'
import { oneAt, type Region, type Span, valuePlace, wholeRegion } from './parts/reach.ts'

/** Where a unit lies in what comes in; of several units all of it. */
function placeOf({ first, end }: Span, shape: Shape): Region {
  if (end - first > 1) return wholeRegion(shape)
  const { map, y, x } = valuePlace(first, shape)
  return { rows: oneAt(y), columns: oneAt(x), maps: oneAt(map) }
}

/** `[batch, height, width, channels]` as `[batch, height * width * channels]`, row by row with channels innermost. */
export const FlattenLayer = z.strictObject({ kind: z.literal('flatten'), ...common })

export const flatten = defineLayer({
  kind: 'flatten',
  schema: FlattenLayer,
  measure: (_, [{ shape }]) => ({ output: [sizeOf(shape)], variables: [] }),
  shapeFormula: ({ inputs: [{ shape }] }) => ({ kind: 'flattened', factors: shape, units: sizeOf(shape) }),
  nodes: ({ graph, geometry, input }) => ({ output: reshape(graph, 'output', input, [-1, ...geometry.output]) }),
  sharesMemory: true,
  reach: ({ inputs: [{ shape }] }, { maps }) => [placeOf(maps, shape)],
})
