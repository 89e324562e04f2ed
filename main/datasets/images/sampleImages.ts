import { createHash } from 'node:crypto'

/** A number in [0, below), a pure function of its arguments: the seed and the purpose. */
function draw(below: number, ...of: readonly (number | string)[]): number {
  return createHash('sha256').update(of.join('/')).digest().readUInt32LE(0) % below
}

/** The first `count` items of a random permutation, the same for the same seed and purpose (Fisher-Yates). */
function shuffledHead(items: readonly number[], count: number, seed: number, purpose: string): number[] {
  const order = [...items]
  const length = Math.min(count, order.length)
  for (let place = 0; place < length; place++) {
    const other = place + draw(order.length - place, seed, purpose, place)
    ;[order[place], order[other]] = [order[other], order[place]]
  }
  return order.slice(0, length)
}

/**
 * Chooses images spread over the classes: no class repeats before every class has had its turn, and no image repeats.
 * @param labels of all images of the split.
 * @returns indices, at most `count`; a pure function of its arguments.
 */
export function chooseSamples(labels: Uint16Array, classes: number, count: number, seed: number): number[] {
  const members: number[][] = Array.from({ length: classes }, () => [])
  labels.forEach((label, index) => members[label]?.push(index))
  const present = members.flatMap((indices, label) => (indices.length > 0 ? [label] : []))
  const order = shuffledHead(present, present.length, seed, 'classes')
  const queues = order.map((label) => shuffledHead(members[label], count, seed, `images of ${label}`))

  const chosen: number[] = []
  for (let turn = 0; chosen.length < Math.min(count, labels.length); turn++) {
    chosen.push(...queues.flatMap((queue) => queue.slice(turn, turn + 1)).slice(0, count - chosen.length))
  }
  return chosen
}
