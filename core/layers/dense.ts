import { z } from 'zod'
import { matMul } from '../graph/operations/matrices.ts'
import { phrase } from '../words/phrases.ts'
import { shapeText, sizeOf } from '../network/shapes.ts'
import { biased } from './parts/bias.ts'
import { defineLayer } from './definition.ts'
import { common, freezable } from './parts/fields.ts'
import { Initializer } from './parts/initializer.ts'
import { kernelMultiplyAdds, unfit } from './parts/measuring.ts'
import { reachesEverything } from './parts/reach.ts'
import { weights } from './parts/layerVariables.ts'
import { valuesThrough, weightsOf } from './parts/work.ts'

/** Fully connected, with a bias a unit or without. */
export const DenseLayer = z.strictObject({
  kind: z.literal('dense'),
  ...common,
  units: z.int().min(1).max(65_536),
  bias: z.boolean(),
  initializer: Initializer,
  ...freezable,
})

/** Input `[batch, in]` times kernel `[in, out]` plus bias `[out]`, if it has one. */
export const dense = defineLayer({
  kind: 'dense',
  schema: DenseLayer,
  measure(layer, [{ shape }]) {
    if (shape.length !== 1) unfit(layer, phrase('vector-needed', { shape: shapeText(shape) }))
    const [{ units }, [from]] = [layer, shape]
    return { output: [units], variables: weights(layer, [from, units], from, units, units) }
  },
  shapeFormula: ({ layer, inputs: [{ shape }] }) => ({ kind: 'units', inputs: sizeOf(shape), units: layer.units }),
  nodes: ({ graph, layer, input, read }) => ({
    output: biased(graph, layer, matMul(graph, 'product', input, read('kernel')), read),
  }),
  multiplyAdds: kernelMultiplyAdds,
  work: (measured) => ({
    form: 'dense',
    perImage: { ...valuesThrough(measured), multiplyAdds: kernelMultiplyAdds(measured) },
    perStep: { weights: weightsOf(measured) },
  }),
  reach: reachesEverything,
})
