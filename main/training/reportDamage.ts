import { choiceOf } from '../../core/data/datasetView.ts'
import type { Problem } from '../../core/words/problems.ts'
import type { RunConfig } from '../../core/run/run.ts'
import type { DatasetStore } from '../datasets/datasetStore.ts'
import type { Log } from '../files/log.ts'

/**
 * Tells the data sets when an engine has found a form altered, so that it can be fetched again. The engine reads the
 * arrays; the data sets check only their sizes.
 */
export async function reportDamage(
  datasets: DatasetStore,
  config: RunConfig,
  problem: Problem | null,
  log: Log,
): Promise<void> {
  if (problem?.code !== 'dataset-damaged') return
  await datasets
    .reportDamage(config.data.dataset, choiceOf(config.data).form)
    .catch((thrown: unknown) => log.add(`giving up the damaged ${config.data.dataset}`, thrown))
}
