import type { Embedding } from '../../../../core/embedding/embedding.ts'

/** Images of a class in a plane. */
export interface ClassCount {
  readonly images: number
  /** Those of them that are answered wrongly. */
  readonly wrong: number
}

/** How many images each class has in a plane. */
export function classCounts({
  classes,
  labels,
  predicted,
}: Pick<Embedding, 'classes' | 'labels' | 'predicted'>): readonly ClassCount[] {
  const counts = classes.map(() => ({ images: 0, wrong: 0 }))
  labels.forEach((label, row) => {
    counts[label].images += 1
    counts[label].wrong += Number(predicted[row] !== label)
  })
  return counts
}
