/** Activation functions, value by value. Each has a gradient that is one operation too. */
import { type Attribute, float32, type GraphBuilder, type Value } from '../graphBuilder.ts'

/** The values that an operation of a gradient takes, in its order. */
type GradientInputs = (gradient: Value, output: Value) => readonly Value[]

function activation(
  graph: GraphBuilder,
  name: string,
  operation: string,
  input: Value,
  gradientInputs: GradientInputs,
  settings: Readonly<Record<string, Attribute>> = {},
): Value {
  const attributes = { T: float32, ...settings }
  const { shape } = input
  const output: Value = graph.add(name, {
    operation,
    inputs: [input],
    attributes,
    type: 'float32',
    shape,
    gradient: (within, gradient) => [
      within.add('input', {
        operation: `${operation}Grad`,
        inputs: gradientInputs(gradient, output),
        attributes,
        type: 'float32',
        shape,
      }),
    ],
  })
  return output
}

/** max(0, x) */
export function relu(graph: GraphBuilder, name: string, input: Value): Value {
  return activation(graph, name, 'Relu', input, (gradient, output) => [gradient, output])
}

/** The gradient of a ReLU: the gradient where `feature`, what goes in or what comes out, is above 0, otherwise 0. */
export function reluGrad(graph: GraphBuilder, name: string, gradient: Value, feature: Value): Value {
  return graph.add(name, {
    operation: 'ReluGrad',
    inputs: [gradient, feature],
    attributes: { T: float32 },
    type: 'float32',
    shape: feature.shape,
  })
}

/** x where x > 0, otherwise `slope` * x */
export function leakyRelu(graph: GraphBuilder, name: string, input: Value, slope: number): Value {
  return activation(graph, name, 'LeakyRelu', input, (gradient) => [gradient, input], { alpha: { float: slope } })
}

/** x where x > 0, otherwise exp(x) - 1 */
export function elu(graph: GraphBuilder, name: string, input: Value): Value {
  return activation(graph, name, 'Elu', input, (gradient, output) => [gradient, output])
}

/** 1 / (1 + exp(-x)) */
export function sigmoid(graph: GraphBuilder, name: string, input: Value): Value {
  return activation(graph, name, 'Sigmoid', input, (gradient, output) => [output, gradient])
}

/** (exp(x) - exp(-x)) / (exp(x) + exp(-x)) */
export function tanh(graph: GraphBuilder, name: string, input: Value): Value {
  return activation(graph, name, 'Tanh', input, (gradient, output) => [output, gradient])
}
