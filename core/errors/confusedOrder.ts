/** A cluster of classes: its members in the order in which they will stand. */
interface Cluster {
  readonly size: number
  readonly members: readonly number[]
}

/**
 * How far apart classes are, `[classes, classes]`: 1 less the mean of the shares of each that is taken for the other.
 */
function distancesOf(confusion: readonly (readonly number[])[]): Float64Array[] {
  const sums = confusion.map((row) => row.reduce((sum, count) => sum + count, 0))
  const share = (label: number, answer: number): number =>
    sums[label] === 0 ? 0 : confusion[label][answer] / sums[label]
  return confusion.map((row, one) =>
    Float64Array.from(row, (_, other) => 1 - (share(one, other) + share(other, one)) / 2),
  )
}

/** Two clusters as one, turned so that the closest ends meet; of equal ways the first. */
function joined(one: Cluster, other: Cluster, distances: readonly Float64Array[]): Cluster {
  const [first, second] = one.members[0] < other.members[0] ? [one, other] : [other, one]
  const ways = [
    [first.members, second.members],
    [first.members, second.members.toReversed()],
    [first.members.toReversed(), second.members],
    [first.members.toReversed(), second.members.toReversed()],
  ]
  const gap = ([left, right]: readonly (readonly number[])[]): number => distances[left[left.length - 1]][right[0]]
  const best = ways.reduce((closest, way) => (gap(way) < gap(closest) ? way : closest))
  return { size: one.size + other.size, members: best.flat() }
}

/**
 * The classes in an order in which those stand together that are confused: hierarchical clustering with average linkage
 * (by chains of nearest neighbours, Murtagh 1983), in time that grows with the square of the classes. A pure function;
 * equal distances are decided by the index.
 * @param confusion `[classes, classes]`
 */
export function confusedOrder(confusion: readonly (readonly number[])[]): number[] {
  const distances = distancesOf(confusion)
  const between = distances.map((row) => row.slice())
  /** A joined cluster stands at the smaller of its indices. */
  const clusters = confusion.map((_, label): Cluster => ({ size: 1, members: [label] }))
  let left = confusion.map((_, label) => label)
  const chain: number[] = []
  while (left.length > 1) {
    if (chain.length === 0) chain.push(left[0])
    const tip = chain[chain.length - 1]
    const before = chain.at(-2)
    const row = between[tip]
    // The one before wins among equals, so that every chain ends.
    let nearest = before ?? left[left[0] === tip ? 1 : 0]
    for (const at of left) if (row[at] < row[nearest] && at !== tip) nearest = at
    if (nearest !== before) {
      chain.push(nearest)
      continue
    }
    chain.length -= 2
    const [kept, gone] = [Math.min(tip, nearest), Math.max(tip, nearest)]
    const [one, other] = [clusters[kept], clusters[gone]]
    const shareOfOne = one.size / (one.size + other.size)
    left = left.filter((at) => at !== gone)
    for (const at of left) {
      const mean = shareOfOne * between[kept][at] + (1 - shareOfOne) * between[gone][at]
      between[kept][at] = mean
      between[at][kept] = mean
    }
    clusters[kept] = joined(one, other, distances)
  }
  return [...clusters[left[0]].members]
}
