import { z } from 'zod'

/** ReLU with a slope below 0, so that no unit falls silent. */
export const LeakyRelu = z.strictObject({ kind: z.literal('leaky-relu'), slope: z.number().min(0).lt(1) })

/**
 * An activation function, value by value.
 *
 * | kind | f(x) |
 * | --- | --- |
 * | `linear` | x |
 * | `relu` | max(0, x) |
 * | `leaky-relu` | x where x > 0, otherwise slope * x |
 * | `elu` | x where x > 0, otherwise exp(x) - 1 (Clevert et al. 2016) |
 * | `gelu` | x * Phi(x), Phi(x) = (1 + erf(x / sqrt(2))) / 2: exact, not by tanh (Hendrycks & Gimpel 2016) |
 * | `sigmoid` | 1 / (1 + exp(-x)) |
 * | `tanh` | (exp(x) - exp(-x)) / (exp(x) + exp(-x)) |
 */
export const ActivationFunction = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['linear', 'relu', 'elu', 'gelu', 'sigmoid', 'tanh']) }),
  LeakyRelu,
])
export type ActivationFunction = z.infer<typeof ActivationFunction>

/** A function of a kind as it begins: a leaky ReLU with a slope of 0.1. */
export function usualFunction(kind: ActivationFunction['kind']): ActivationFunction {
  return kind === 'leaky-relu' ? { kind, slope: 0.1 } : { kind }
}
