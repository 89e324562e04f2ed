import { z } from 'zod'
import { ActivationFunction } from '../activation.ts'
import type { GraphBuilder, Value } from '../graph/graphBuilder.ts'
import { elu, leakyRelu, relu, sigmoid, tanh } from '../graph/operations/activations.ts'
import { defineLayer } from './definition.ts'
import { common } from './fields.ts'
import { gelu } from './gelu.ts'
import { keepsMapOrder } from './mapOrder.ts'

/** Adds an activation function to a tensor of any shape. */
export function activated(graph: GraphBuilder, activation: ActivationFunction, input: Value): Value {
  const name = 'activated'
  switch (activation.kind) {
    case 'linear':
      return graph.passOn(name, input)
    case 'relu':
      return relu(graph, name, input)
    case 'leaky-relu':
      return leakyRelu(graph, name, input, activation.slope)
    case 'elu':
      return elu(graph, name, input)
    case 'gelu':
      return gelu(graph, name, input)
    case 'sigmoid':
      return sigmoid(graph, name, input)
    case 'tanh':
      return tanh(graph, name, input)
  }
}

export const ActivationLayer = z.strictObject({
  kind: z.literal('activation'),
  ...common,
  function: ActivationFunction,
})

/** An activation function as a layer of its own. */
export const activation = defineLayer({
  kind: 'activation',
  schema: ActivationLayer,
  measure: (_, [{ shape }]) => ({ output: shape, variables: [] }),
  nodes: ({ graph, layer, input }) => ({ output: activated(graph, layer.function, input) }),
  mapOrder: keepsMapOrder,
  isMonotonic: ({ function: { kind } }) => kind === 'relu' || kind === 'leaky-relu',
})
