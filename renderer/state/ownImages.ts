import { isFailedImport, ownTemplate, type DatasetEntry } from '../../core/data/dataset.ts'

/** The id under which a new set of a person's own images is imported. */
export const ownImages = ownTemplate

/** The sets that can be viewed and trained on. */
export function realSets(datasets: readonly DatasetEntry[]): DatasetEntry[] {
  return datasets.filter((entry) => entry.id !== ownImages && !isFailedImport(entry))
}

/** Why own images were not imported, each until it is dismissed or the next import begins. */
export function failedImports(datasets: readonly DatasetEntry[]): DatasetEntry[] {
  return datasets.filter(isFailedImport)
}
