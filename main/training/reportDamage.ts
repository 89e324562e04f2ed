import { choiceOf } from '../../core/data/datasetView.ts'
import type { Problem } from '../../core/words/problems.ts'
import type { RunConfig } from '../../core/run/run.ts'
import type { DatasetStore } from '../datasets/datasetStore.ts'
import type { Log } from '../files/log.ts'

/**
 * Marks a form as damaged when an engine, which reads its data in full, has found it altered. It can then be fetched
 * again.
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
