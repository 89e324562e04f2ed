import { ownTemplate, type DatasetEntry } from '../../core/data/dataset.ts'

/** The id under which a new set of a person's own images is imported. */
export const ownImages = ownTemplate

/** The sets that can be viewed and trained on. */
export function realSets(datasets: readonly DatasetEntry[]): DatasetEntry[] {
  return datasets.filter(({ id }) => id !== ownImages)
}
