import { z } from 'zod'
import { addN } from '../graph/operations/arithmetic.ts'
import { phrase } from '../words/phrases.ts'
import { shapeText } from '../network/shapes.ts'
import { defineLayer } from './definition.ts'
import { merging } from './parts/fields.ts'
import { keepsMapOrder } from './parts/mapOrder.ts'
import { unfit } from './parts/measuring.ts'

/** The sum of layers of one shape, value by value. */
export const AddLayer = z.strictObject({ kind: z.literal('add'), ...merging })

export const add = defineLayer({
  kind: 'add',
  schema: AddLayer,
  measure(layer, inputs) {
    const [{ shape: first }] = inputs
    const unlike = inputs.some(({ shape }) => shape.join() !== first.join())
    if (unlike) unfit(layer, phrase('added-unlike', { shapes: inputs.map(({ shape }) => shapeText(shape)).join(', ') }))
    return { output: first, variables: [] }
  },
  nodes: ({ graph, inputs }) => ({ output: addN(graph, 'output', inputs) }),
  mapOrder: keepsMapOrder,
})
