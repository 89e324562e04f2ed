import { erf } from '../../numbers/erf.ts'
import type { ActivationFunction } from './activationFunction.ts'

/** What an activation function makes of one value, in double precision. */
export function activationValue(activation: ActivationFunction, x: number): number {
  switch (activation.kind) {
    case 'linear':
      return x
    case 'relu':
      return Math.max(0, x)
    case 'leaky-relu':
      return x > 0 ? x : activation.slope * x
    case 'elu':
      return x > 0 ? x : Math.expm1(x)
    case 'gelu':
      return (x * (1 + erf(x * Math.SQRT1_2))) / 2
    case 'sigmoid':
      return 1 / (1 + Math.exp(-x))
    case 'tanh':
      return Math.tanh(x)
  }
}
