import type { DatasetEntry } from '../../core/data/dataset.ts'

/** A data set's state in a word. “Absent” alone would hide that it is damaged; in JSON the problem is beside it. */
export function stateOf({ state, problem }: DatasetEntry): string {
  return problem?.code === 'dataset-damaged' ? 'damaged' : state
}
