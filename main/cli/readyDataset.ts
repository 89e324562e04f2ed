import type { DatasetEntry } from '../../core/data/dataset.ts'
import { LabError, refuse } from '../../core/words/problems.ts'
import type { CommandContext } from './context.ts'
import { getDataset } from './getDataset.ts'

/**
 * A data set that is ready. It is downloaded first if needed.
 * @param offline refuses a data set that would have to be downloaded
 * @throws LabError `dataset-missing`, `dataset-damaged`, or why it could not be obtained.
 */
export async function readyDataset(
  context: CommandContext,
  known: DatasetEntry,
  offline: boolean,
): Promise<DatasetEntry> {
  // Damaged files are reported, not quietly replaced: a person decides whether to download them again.
  if (known.state !== 'ready' && known.problem?.code === 'dataset-damaged') throw new LabError(known.problem)
  if (known.state !== 'ready' && offline) refuse('dataset-missing', { dataset: known.name, id: known.id })
  return known.state === 'ready' ? known : getDataset(context, known.id)
}
