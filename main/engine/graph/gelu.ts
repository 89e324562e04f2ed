import type { Differentiable } from './differentiable.ts'
import { float32, type GraphBuilder, type Output } from './graphBuilder.ts'

/**
 * GELU, exact: `x * Phi(x)` with `Phi(x) = (1 + erf(x / sqrt(2))) / 2`. Its derivative is `Phi(x) + x * phi(x)` with
 * the density `phi(x) = exp(-x^2 / 2) / sqrt(2 pi)`. TensorFlow has no operation for it.
 */
export function gelu(parent: GraphBuilder, input: Output): Differentiable {
  const graph = parent.within('gelu')
  const settings = { T: float32 }
  const binary = (operation: 'Mul' | 'AddV2', name: string, left: Output, right: Output): Output =>
    graph.add(operation, name, [left, right], settings)
  const half = graph.number('half', 0.5)
  const erf = graph.add(
    'Erf',
    'erf',
    [binary('Mul', 'scaled', input, graph.number('root_of_half', Math.SQRT1_2))],
    settings,
  )
  const distribution = binary('AddV2', 'distribution', binary('Mul', 'half_erf', erf, half), half)
  return {
    output: binary('Mul', 'activated', input, distribution),
    gradient(gradient) {
      const exponent = binary(
        'Mul',
        'exponent',
        graph.add('Square', 'square', [input], settings),
        graph.number('minus_half', -0.5),
      )
      const density = binary(
        'Mul',
        'density',
        graph.add('Exp', 'power', [exponent], settings),
        graph.number('peak', 1 / Math.sqrt(2 * Math.PI)),
      )
      const slope = binary('AddV2', 'slope', distribution, binary('Mul', 'rise', input, density))
      return binary('Mul', 'gradient', gradient, slope)
    },
  }
}
