/** How weights follow their gradients, with what can be chosen of it in the lesson. */
export type DescentMethod =
  | { readonly kind: 'momentum'; readonly momentum: number }
  | { readonly kind: 'adam'; readonly beta1: number; readonly beta2: number; readonly epsilon: number }

/** Weights on their way, with what the method keeps of each from step to step. */
export interface Descending {
  /** Steps that were taken. */
  readonly step: number
  readonly weights: readonly number[]
  /** The velocity, or Adam's running mean of the gradient. */
  readonly mean: readonly number[]
  /** Adam's running mean of the gradient's square; stays 0 for momentum. */
  readonly square: readonly number[]
}

/** Weights before the first step. */
export function atRest(weights: readonly number[]): Descending {
  const zeros = weights.map(() => 0)
  return { step: 0, weights, mean: zeros, square: zeros }
}

/**
 * One step of gradient descent, by the formulas of the engine (`main/engine/graph/sgd.ts` and `adam.ts`), in double
 * precision. Momentum 0 is plain gradient descent.
 * @param gradient One for each weight.
 */
export function afterStep(
  method: DescentMethod,
  rate: number,
  { step, weights, mean, square }: Descending,
  gradient: readonly number[],
): Descending {
  const next = step + 1
  if (method.kind === 'momentum') {
    const velocity = mean.map((value, index) => method.momentum * value + gradient[index])
    return {
      step: next,
      weights: weights.map((value, index) => value - rate * velocity[index]),
      mean: velocity,
      square,
    }
  }
  const { beta1, beta2, epsilon } = method
  const m = mean.map((value, index) => beta1 * value + (1 - beta1) * gradient[index])
  const v = square.map((value, index) => beta2 * value + (1 - beta2) * gradient[index] ** 2)
  const moved = weights.map((value, index) => {
    const [corrected, scale] = [m[index] / (1 - beta1 ** next), Math.sqrt(v[index] / (1 - beta2 ** next))]
    return value - (rate * corrected) / (scale + epsilon)
  })
  return { step: next, weights: moved, mean: m, square: v }
}
