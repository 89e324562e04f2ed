import { RandomNumbers } from '../numbers/random.ts'

/**
 * Test accuracies of runs that are all equally good: each gets each image right with the same chance, and only chance
 * tells them apart.
 * @param truth The accuracy on all images that there could be, 0 to 1.
 * @returns One accuracy a run, 0 to 1.
 */
export function equalRuns(seed: number, truth: number, images: number, runs: number): number[] {
  const random = new RandomNumbers(seed)
  return Array.from({ length: runs }, (_, run) => {
    let right = 0
    for (let image = 0; image < images; image += 1) if (random.uniform('lesson', 3000 + run, image) < truth) right += 1
    return right / images
  })
}
