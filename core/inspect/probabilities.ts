import type { Head } from '../network/model.ts'

/**
 * Probabilities of the classes from the logits of one image, in double precision. `softmax`: exp(z_i) / sum of exp(z_j),
 * shifted by the largest so that nothing overflows. `tanh`: one neuron z gives (1 - tanh z) / 2 and (1 + tanh z) / 2.
 * @param logits One a class, or the single one of a tanh neuron.
 */
export function probabilitiesFrom(head: Head, logits: readonly number[]): number[] {
  if (head.kind === 'tanh') {
    const value = Math.tanh(logits[0])
    return [(1 - value) / 2, (1 + value) / 2]
  }
  const largest = Math.max(...logits)
  const powers = logits.map((logit) => Math.exp(logit - largest))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}

/** Index of the largest; of equal ones the first, as TensorFlow's `ArgMax` has it. */
export function largestIndex(values: readonly number[]): number {
  return values.reduce((best, value, index) => (value > values[best] ? index : best), 0)
}

/** Shannon entropy in bits: 0 where one class has everything, log2(classes) where all are equal. */
export function entropyBits(probabilities: readonly number[]): number {
  const sum = probabilities.reduce((total, share) => (share > 0 ? total - share * Math.log2(share) : total), 0)
  return Math.max(0, sum)
}

/**
 * The gradient of one class's score by the logits, in their shape: of its logit, or of the tanh neuron with the sign
 * that speaks for the class.
 */
export function scoreGradient(head: Head, logits: number, label: number): number[] {
  if (head.kind === 'tanh') return [label === 1 ? 1 : -1]
  return Array.from({ length: logits }, (_, index) => (index === label ? 1 : 0))
}

/**
 * The gradient of the loss by the logits, in their shape, where an answer is the label; up to a positive factor, so that
 * it does not vanish where the network is sure. Softmax's is p - 1 at the answer and p elsewhere, here divided by 1 - p
 * at the answer; that of a tanh neuron points to the other class.
 * @param answer Index of the answer's class.
 */
export function lossDirection(head: Head, logits: readonly number[], answer: number): number[] {
  if (head.kind === 'tanh') return [answer === 1 ? -1 : 1]
  const others = probabilitiesFrom(
    head,
    logits.map((logit, index) => (index === answer ? -Infinity : logit)),
  )
  return others.map((share, index) => (index === answer ? -1 : share))
}
