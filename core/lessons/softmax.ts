import { probabilitiesFrom } from '../inspect/probabilities.ts'

/**
 * Softmax of logits that are divided by a temperature first (Hinton, Vinyals & Dean 2015): above 1 the probabilities
 * become more even, below 1 the largest one takes more.
 * @param temperature Above 0; 1 is plain softmax.
 */
export function tempered(logits: readonly number[], temperature: number): number[] {
  return probabilitiesFrom(
    { kind: 'softmax', labelSmoothing: 0 },
    logits.map((logit) => logit / temperature),
  )
}

/** The loss of one image: minus the natural logarithm of the probability of the right class. */
export function crossEntropy(probability: number): number {
  return -Math.log(probability)
}
