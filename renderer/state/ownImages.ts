import type { DatasetEntry } from '../../core/dataset.ts'

/**
 * The id under which a new set of a person's own images is imported. It is no set itself: each that is made has an id
 * of its own.
 */
export const ownImages = 'own'

/** The sets that can be looked at and trained on. */
export function realSets(datasets: readonly DatasetEntry[]): DatasetEntry[] {
  return datasets.filter(({ id }) => id !== ownImages)
}
