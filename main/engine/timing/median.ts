/** The middle of some numbers, or the mean of the two in the middle. At least one. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = Math.floor((sorted.length - 1) / 2)
  return (sorted[middle] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2
}
