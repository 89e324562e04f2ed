import { imagesOf, type TestPass } from './testPass.ts'

const usual = [1, 2, 3, 5, 10]

/** Share of the images whose class is among the k most probable ones; for some k below the number of classes. */
export function topKAccuracies(pass: TestPass): { k: number; accuracy: number }[] {
  return usual
    .filter((k) => k === 1 || k < pass.classes)
    .map((k) => ({ k, accuracy: pass.ranks.filter((rank) => rank < k).length / imagesOf(pass) }))
}
