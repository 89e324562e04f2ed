import type { GraphBuilder, Value } from '../../graph/graphBuilder.ts'
import { elu, leakyRelu, relu, sigmoid, tanh } from '../../graph/operations/activations.ts'
import type { ActivationFunction } from './activationFunction.ts'
import { gelu } from './gelu.ts'

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
