import { z } from 'zod'
import { defineLayer } from './definition.ts'
import { activated } from './parts/activated.ts'
import { ActivationFunction } from './parts/activationFunction.ts'
import { common } from './parts/fields.ts'
import { keepsMapOrder } from './parts/mapOrder.ts'
import { valuesThrough } from './parts/work.ts'

export const ActivationLayer = z.strictObject({
  kind: z.literal('activation'),
  ...common,
  function: ActivationFunction,
})

/** The functions that are at or near 0 below 0, or much flatter there than above it. */
const silentBelow: readonly ActivationFunction['kind'][] = ['relu', 'leaky-relu', 'elu', 'gelu']

/** An activation function as a layer of its own. */
export const activation = defineLayer({
  kind: 'activation',
  schema: ActivationLayer,
  measure: (_, [{ shape }]) => ({ output: shape, variables: [] }),
  nodes: ({ graph, layer, input }) => ({ output: activated(graph, layer.function, input) }),
  work: (measured) => ({
    form: `activation-${measured.layer.function.kind}`,
    perImage: { out: valuesThrough(measured).out },
    perStep: {},
  }),
  mapOrder: keepsMapOrder,
  canFallSilent: ({ function: { kind } }) => silentBelow.includes(kind),
  isMonotonic: ({ function: { kind } }) => kind === 'relu' || kind === 'leaky-relu',
})
