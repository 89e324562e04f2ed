/** Ranks from 1 on; equal values share the mean of theirs. */
function ranksOf(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((one, other) => values[one] - values[other])
  const ranks = values.map(() => 0)
  for (let from = 0; from < order.length;) {
    let to = from
    while (to + 1 < order.length && values[order[to + 1]] === values[order[from]]) to += 1
    for (let place = from; place <= to; place += 1) ranks[order[place]] = (from + to) / 2 + 1
    from = to + 1
  }
  return ranks
}

/**
 * Spearman's rank correlation of pairs, -1 to 1: Pearson's correlation of their ranks, equal values sharing the mean
 * rank. Null where one of the columns has one value only.
 */
export function rankCorrelation(one: readonly number[], other: readonly number[]): number | null {
  const [first, second] = [ranksOf(one), ranksOf(other)]
  const mean = (one.length + 1) / 2
  let products = 0
  let squares = 0
  let otherSquares = 0
  first.forEach((rank, index) => {
    products += (rank - mean) * (second[index] - mean)
    squares += (rank - mean) ** 2
    otherSquares += (second[index] - mean) ** 2
  })
  return squares === 0 || otherSquares === 0 ? null : products / Math.sqrt(squares * otherSquares)
}
