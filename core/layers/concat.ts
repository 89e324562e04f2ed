import { z } from 'zod'
import { concat as concatenated } from '../graph/operations/layout.ts'
import { phrase } from '../words/phrases.ts'
import { shapeText } from '../network/shapes.ts'
import { defineLayer } from './definition.ts'
import { merging } from './parts/fields.ts'
import { keepsMapOrder } from './parts/mapOrder.ts'
import { unfit } from './parts/measuring.ts'
import { wholeRegion } from './parts/reach.ts'

/** The maps of several layers of one height and width, or the values of several vectors, behind each other. */
export const ConcatLayer = z.strictObject({ kind: z.literal('concat'), ...merging })

export const concat = defineLayer({
  kind: 'concat',
  schema: ConcatLayer,
  measure(layer, inputs) {
    const shapes = inputs.map(({ shape }) => shape)
    const [first] = shapes
    const fits = shapes.every(
      (shape) => shape.length === first.length && shape.slice(0, -1).join() === first.slice(0, -1).join(),
    )
    if (!fits) unfit(layer, phrase('joined-unlike', { shapes: shapes.map(shapeText).join(', ') }))
    const channels = shapes.reduce((sum, shape) => sum + shape[shape.length - 1], 0)
    return { output: first.length === 3 ? [first[0], first[1], channels] : [channels], variables: [] }
  },
  shapeFormula({ inputs, output }) {
    const parts = inputs.map(({ shape }) => shape[shape.length - 1])
    return { kind: 'joined', parts, sum: output[output.length - 1] }
  },
  nodes: ({ graph, inputs, input }) => ({ output: concatenated(graph, 'output', inputs, input.shape.length - 1) }),
  mapOrder: keepsMapOrder,
  reach({ inputs }, { maps, ...places }) {
    let before = 0
    return inputs.map(({ shape }) => {
      const all = wholeRegion(shape).maps
      const first = Math.max(all.first, maps.first - before)
      const end = Math.min(all.end, maps.end - before)
      before += all.end
      return first < end ? { ...places, maps: { first, end } } : null
    })
  },
})
