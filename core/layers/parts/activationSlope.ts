import { activationValue } from './activationValue.ts'
import type { ActivationFunction } from './activationFunction.ts'

/**
 * The derivative of an activation function at x, in double precision. Where there is none, at the kinks, it is the one
 * that TensorFlow's gradients take: that of the side below.
 */
export function activationSlope(activation: ActivationFunction, x: number): number {
  const value = activationValue(activation, x)
  switch (activation.kind) {
    case 'linear':
      return 1
    case 'relu':
      return x > 0 ? 1 : 0
    case 'leaky-relu':
      return x > 0 ? 1 : activation.slope
    case 'elu':
      return x > 0 ? 1 : value + 1
    case 'gelu':
      // Phi(x) + x * phi(x)
      return (x === 0 ? 0.5 : value / x) + (x * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI)
    case 'sigmoid':
      return value * (1 - value)
    case 'tanh':
      return 1 - value * value
  }
}
