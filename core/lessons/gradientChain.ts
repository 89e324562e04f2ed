import type { ActivationFunction } from '../layers/parts/activationFunction.ts'
import { activationSlope } from '../layers/parts/activationSlope.ts'

/**
 * What is left of a gradient on its way back through layers, each with one value: it is multiplied by the weight and by
 * the slope of the activation where the layer's NET stands (the chain rule).
 * @returns The gradient before the last layer, which is 1, and behind each further one: `layers` + 1 numbers.
 */
export function gradientThrough(activation: ActivationFunction, net: number, weight: number, layers: number): number[] {
  const factor = weight * activationSlope(activation, net)
  return Array.from({ length: layers + 1 }, (_, layer) => factor ** layer)
}
