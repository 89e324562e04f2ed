import type { DatasetEntry } from '../../core/dataset.ts'
import { LabError, refuse } from '../../core/problems.ts'
import type { CommandContext } from './context.ts'
import { getDataset } from './getDataset.ts'

/**
 * A data set that is here, got first where it is missing.
 * @param offline Refuses one that would have to be downloaded.
 * @throws LabError `dataset-missing`, `dataset-damaged`, or why it could not be had.
 */
export async function readyDataset(
  context: CommandContext,
  known: DatasetEntry,
  offline: boolean,
): Promise<DatasetEntry> {
  // Damaged files are a finding to be told, not one to be quietly replaced; getting the set again is one command away.
  if (known.state !== 'ready' && known.problem?.code === 'dataset-damaged') throw new LabError(known.problem)
  if (known.state !== 'ready' && offline) refuse('dataset-missing', { dataset: known.name, id: known.id })
  return known.state === 'ready' ? known : getDataset(context, known.id)
}
