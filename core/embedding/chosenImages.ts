import { permutationOf } from '../numbers/permutation.ts'
import { RandomNumbers } from '../numbers/random.ts'

/** Values of all vectors together: 128 MB of float32. */
const mostValues = 32_000_000

/** How many vectors of this length there may be. */
export function vectorsThatFit(width: number): number {
  return Math.floor(mostValues / width)
}

/**
 * Chooses test images so that each class has as many as any other, as long as it has so many: in rounds, each of which
 * takes one image of each class. Which ones is drawn, and follows from the labels and the count alone, so that different
 * checkpoints show the same images.
 * @returns their numbers, ascending; all of them when there are no more.
 */
export function chosenImages(labels: Uint16Array, count: number): Uint32Array {
  if (labels.length <= count) return Uint32Array.from(labels, (_, number) => number)
  const drawn = permutationOf(new RandomNumbers(0), 0, labels.length, 'embedding')
  const ofClass = new Map<number, number>()
  const rounds = Uint32Array.from(drawn, (number) => {
    const round = ofClass.get(labels[number]) ?? 0
    ofClass.set(labels[number], round + 1)
    return round
  })
  const order = Array.from(drawn, (_, place) => place).sort((one, other) => rounds[one] - rounds[other] || one - other)
  return Uint32Array.from(order.slice(0, count), (place) => drawn[place]).sort()
}
