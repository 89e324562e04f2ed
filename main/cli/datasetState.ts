import type { DatasetEntry } from '../../core/dataset.ts'

/** A set's state in a word. For a person “absent” alone would hide why; in JSON the problem stands beside it. */
export function stateOf({ state, problem }: DatasetEntry): string {
  return problem?.code === 'dataset-damaged' ? 'damaged' : state
}
