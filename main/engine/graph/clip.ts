import type { GraphBuilder, Value } from '../../../core/graph/graphBuilder.ts'
import { add, addN, div, l2Loss, minimum, mul, sqrt } from '../../../core/graph/operations/arithmetic.ts'

/** PyTorch adds this to the norm, so that zero gradients do not divide by 0. */
const margin = 1e-6

/**
 * Gradient clipping by the global norm (Pascanu et al. 2013), as in PyTorch's `clip_grad_norm_`. `norm` is the length
 * of all gradients taken as one vector; each gradient is multiplied by min(1, clipNorm / (norm + 1e-6)).
 */
export function clippedGradients(
  graph: GraphBuilder,
  gradients: ReadonlyMap<string, Value>,
  clipNorm: number,
): ReadonlyMap<string, Value> {
  // Summed in the order of the gradients.
  const halves = [...gradients].map(([name, gradient]) => l2Loss(graph, `${name}/half_square`, gradient))
  const half = addN(graph, 'half_square', halves)
  const norm = sqrt(graph, 'norm', add(graph, 'square', half, half))
  const divisor = add(graph, 'divisor', norm, graph.number('margin', margin))
  const share = div(graph, 'share', graph.number('longest', clipNorm), divisor)
  const factor = minimum(graph, 'factor', share, graph.number('one', 1))
  return new Map([...gradients].map(([name, gradient]) => [name, mul(graph, `${name}/clipped`, gradient, factor)]))
}
