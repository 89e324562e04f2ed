import type { ActivationFunction } from '../../../core/activation.ts'
import type { ActivationLayer } from '../../../core/model.ts'
import type { Differentiable } from './differentiable.ts'
import { gelu } from './gelu.ts'
import { type Attribute, float32, type GraphBuilder, type Output } from './graphBuilder.ts'
import type { LayerNodes, LayerPlace } from './layerNodes.ts'

/**
 * An operation of TensorFlow and the one of its gradient, which takes the gradient and either what went in or what came
 * out.
 */
interface Operation {
  readonly forward: string
  readonly backward: string
  readonly backwardTakes: readonly ('gradient' | 'input' | 'output')[]
}

const operations: Readonly<Record<Exclude<ActivationFunction['kind'], 'linear' | 'gelu'>, Operation>> = {
  relu: { forward: 'Relu', backward: 'ReluGrad', backwardTakes: ['gradient', 'output'] },
  'leaky-relu': { forward: 'LeakyRelu', backward: 'LeakyReluGrad', backwardTakes: ['gradient', 'input'] },
  elu: { forward: 'Elu', backward: 'EluGrad', backwardTakes: ['gradient', 'output'] },
  sigmoid: { forward: 'Sigmoid', backward: 'SigmoidGrad', backwardTakes: ['output', 'gradient'] },
  tanh: { forward: 'Tanh', backward: 'TanhGrad', backwardTakes: ['output', 'gradient'] },
}

/** Adds an activation function to a tensor of any shape. */
export function activated(graph: GraphBuilder, activation: ActivationFunction, input: Output): Differentiable {
  if (activation.kind === 'linear') return { output: input, gradient: (gradient) => gradient }
  if (activation.kind === 'gelu') return gelu(graph, input)
  const { forward, backward, backwardTakes } = operations[activation.kind]
  const settings: Record<string, Attribute> =
    activation.kind === 'leaky-relu' ? { T: float32, alpha: { float: activation.slope } } : { T: float32 }
  const output = graph.add(forward, 'activated', [input], settings)
  return {
    output,
    gradient(gradient) {
      const values = { gradient, input, output }
      return graph.add(
        backward,
        'activation_gradient',
        backwardTakes.map((value) => values[value]),
        settings,
      )
    },
  }
}

/** An activation function as a layer of its own. */
export function activationNodes({ graph, layer, input }: LayerPlace<ActivationLayer>): LayerNodes {
  const { output, gradient } = activated(graph, layer.function, input)
  return {
    output,
    statistics: {},
    gradients: (ofOutput, wantsInputs) => ({ inputs: wantsInputs ? [gradient(ofOutput)] : null, variables: {} }),
  }
}
