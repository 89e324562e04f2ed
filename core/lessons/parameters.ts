import { imageName } from '../layers/parts/fields.ts'
import { type Layer, rulesOf } from '../layers/registry.ts'
import { type Shape, sizeOf } from '../network/shapes.ts'

/** Numbers that the optimizer trains in a layer, for what comes in. */
export function parametersOf(layer: Layer, incoming: Shape): number {
  const { variables } = rulesOf(layer).measure(layer, [{ from: imageName, shape: incoming }])
  return variables.reduce((sum, { shape, trained }) => sum + (trained ? sizeOf(shape) : 0), 0)
}
