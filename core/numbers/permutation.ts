import type { Purpose, RandomNumbers } from './random.ts'

/**
 * The order of one epoch: every number from 0 to count - 1 once (Fisher-Yates shuffle), a pure function of the seed,
 * the purpose and the epoch.
 */
export function permutationOf(
  random: RandomNumbers,
  epoch: number,
  count: number,
  purpose: Purpose = 'order',
): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index)
  for (let last = count - 1; last > 0; last -= 1) {
    const other = random.below(last + 1, purpose, epoch, last)
    const moved = order[last]
    order[last] = order[other]
    order[other] = moved
  }
  return order
}
