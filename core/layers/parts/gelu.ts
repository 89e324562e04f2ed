import type { GraphBuilder, Value } from '../../graph/graphBuilder.ts'
import { add, erf, exp, mul, square } from '../../graph/operations/arithmetic.ts'

/**
 * GELU, exact: `x * Phi(x)` with `Phi(x) = (1 + erf(x / sqrt(2))) / 2`. TensorFlow has no operation for it. Its
 * gradient takes fewer operations than that of each of its parts: the derivative is `Phi(x) + x * phi(x)` with the
 * density `phi(x) = exp(-x^2 / 2) / sqrt(2 pi)`.
 */
export function gelu(graph: GraphBuilder, name: string, input: Value): Value {
  const within = graph.within('gelu')
  const half = within.number('half', 0.5)
  const scaled = mul(within, 'scaled', input, within.number('root_of_half', Math.SQRT1_2))
  const distribution = add(within, 'distribution', mul(within, 'half_erf', erf(within, 'erf', scaled), half), half)
  return graph.compose(
    name,
    [input],
    () => mul(within, name, input, distribution),
    (place, gradient) => {
      const exponent = mul(place, 'exponent', square(place, 'square', input), place.number('minus_half', -0.5))
      const peak = place.number('peak', 1 / Math.sqrt(2 * Math.PI))
      const density = mul(place, 'density', exp(place, 'power', exponent), peak)
      const slope = add(place, 'slope', distribution, mul(place, 'rise', input, density))
      return [mul(place, 'input', gradient, slope)]
    },
  )
}
