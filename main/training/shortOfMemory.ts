import { choiceOf, viewOf } from '../../core/datasetView.ts'
import { largestBatchWithin, smallerBatchWithin } from '../../core/memoryEstimate.ts'
import { problem, type Problem } from '../../core/problems.ts'
import type { RunConfig } from '../../core/run.ts'
import type { DatasetLibrary } from '../datasets/library.ts'
import type { EngineHost } from '../engine/host.ts'

/** Bytes that Conv Lab can have at this moment: what the computer, or a container's limit, has free, and what its processes have already. */
async function room(engine: EngineHost): Promise<number> {
  return process.availableMemory() + process.memoryUsage.rss() + (await engine.memory())
}

/** Whether a run's end may have to do with memory. An engine that has none left does not always say so: TensorFlow's convolutions use what they did not get, and end with SIGSEGV. */
export function maybeShortOfMemory(of: Problem): boolean {
  return of.code === 'out-of-memory' || of.code === 'engine-crashed'
}

/**
 * What a person is told of a run that ended for lack of memory: which batch would fit by the estimate, where one does; otherwise
 * the problem as it is. A crash counts as such an end where the batch is larger than what fits by the estimate.
 * @throws LabError when the engine cannot be asked what it holds.
 */
export async function withFittingBatch(of: Problem, config: RunConfig, { engine, datasets }: { readonly engine: EngineHost; readonly datasets: DatasetLibrary }): Promise<Problem> {
  const bytes = await room(engine)
  const data = viewOf(datasets.entry(config.data.dataset), choiceOf(config.data))
  if (of.code !== 'out-of-memory' && largestBatchWithin(bytes, config, data) >= config.batch) return of
  const fitting = smallerBatchWithin(bytes, config, data)
  return fitting === 0 ? of : problem('batch-out-of-memory', { batch: config.batch, fitting })
}
