/**
 * The loss of one tanh neuron for one image, as the head of the network has it.
 * @param answer tanh of NET, -1 to 1.
 * @param wanted 1 for the class, -1 for not the class.
 */
export function tanhLoss(kind: 'hinge' | 'squared', answer: number, wanted: number): number {
  return kind === 'hinge' ? Math.max(0, 1 - wanted * answer) : (answer - wanted) ** 2
}
