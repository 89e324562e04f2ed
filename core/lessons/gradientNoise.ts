import { RandomNumbers } from '../numbers/random.ts'

/** The mean gradient over all images of the example, and how far the images' own gradients scatter around it. */
export const meanGradient = [1, 0.4] as const
export const imageDeviation = 2

/** One standard normal pair from two uniform numbers (Box & Muller 1958). */
function normalPair(random: RandomNumbers, batch: number, image: number): [number, number] {
  const radius = Math.sqrt(-2 * Math.log(1 - random.uniform('lesson', 1000 + batch, 2 * image)))
  const angle = 2 * Math.PI * random.uniform('lesson', 1000 + batch, 2 * image + 1)
  return [radius * Math.cos(angle), radius * Math.sin(angle)]
}

/**
 * Gradients by two weights that so many batches give, in an example where the gradients of single images scatter
 * normally around the mean of all. Each is the mean over its batch.
 */
export function gradientsOfBatches(seed: number, batch: number, batches: number): (readonly [number, number])[] {
  const random = new RandomNumbers(seed)
  return Array.from({ length: batches }, (_, index) => {
    let [x, y] = [0, 0]
    for (let image = 0; image < batch; image += 1) {
      const [first, second] = normalPair(random, index, image)
      x += first
      y += second
    }
    const scale = imageDeviation / batch
    return [meanGradient[0] + scale * x, meanGradient[1] + scale * y] as const
  })
}
