import { float32, type GraphBuilder, type Output } from './graphBuilder.ts'

/** What PyTorch adds to the norm, so that gradients of 0 divide by no 0. */
const margin = 1e-6

/**
 * Gradient clipping by the global norm (Pascanu et al. 2013), as PyTorch's `clip_grad_norm_`: with `norm` the length of
 * all gradients taken as one vector, each is multiplied by min(1, clipNorm / (norm + 1e-6)).
 */
export function clippedGradients(
  graph: GraphBuilder,
  gradients: ReadonlyMap<string, Output>,
  clipNorm: number,
): ReadonlyMap<string, Output> {
  // L2Loss is half of the sum of squares. They are summed in the order of the gradients.
  const halves = [...gradients].map(([name, gradient]) =>
    graph.add('L2Loss', `${name}/half_square`, [gradient], { T: float32 }),
  )
  const half = graph.add('AddN', 'half_square', halves, { T: float32, N: { int: halves.length } })
  const square = graph.add('AddV2', 'square', [half, half], { T: float32 })
  const norm = graph.add('Sqrt', 'norm', [square], { T: float32 })
  const divisor = graph.add('AddV2', 'divisor', [norm, graph.number('margin', margin)], { T: float32 })
  const share = graph.add('RealDiv', 'share', [graph.number('longest', clipNorm), divisor], { T: float32 })
  const factor = graph.add('Minimum', 'factor', [share, graph.number('one', 1)], { T: float32 })
  return new Map(
    [...gradients].map(([name, gradient]) => [
      name,
      graph.add('Mul', `${name}/clipped`, [gradient, factor], { T: float32 }),
    ]),
  )
}
