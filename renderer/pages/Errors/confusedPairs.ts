/** Images of one class that are answered with another. */
export interface ConfusedPair {
  readonly label: number
  readonly predicted: number
  readonly count: number
  /** Of all images of the true class. */
  readonly share: number
}

/** The pairs of classes with wrong answers, the most frequent first: by number, or by share of the true class. */
export function confusedPairs(
  confusion: readonly (readonly number[])[],
  by: 'counts' | 'shares',
  most: number,
): ConfusedPair[] {
  const pairs = confusion.flatMap((row, label) => {
    const sum = row.reduce((total, count) => total + count, 0)
    return row.flatMap((count, predicted) =>
      count === 0 || label === predicted ? [] : [{ label, predicted, count, share: count / sum }],
    )
  })
  const value = ({ count, share }: ConfusedPair): number => (by === 'counts' ? count : share)
  return pairs.sort((one, other) => value(other) - value(one) || other.count - one.count).slice(0, most)
}
