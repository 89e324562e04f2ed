import { choiceOf } from '../../core/data/datasetView.ts'
import type { RunSummary, RunToBegin } from '../../core/run/run.ts'
import { withEventFolder } from '../export/withEventFolder.ts'
import type { Lab } from '../lab.ts'

/**
 * Starts a run at once, or adds it to the queue. All is checked before: a refused run leaves nothing behind.
 * @throws LabError as `DatasetStore.verify`, `withEventFolder`, `BranchPoints.with` and the method of `RunController`.
 */
export async function beginRun(
  { datasets, runs }: Lab,
  how: 'start' | 'enqueue',
  begun: RunToBegin,
): Promise<RunSummary> {
  const { expectation, eventFolder, ...request } = begun
  const { data } = request.config
  await datasets.verify(data.dataset, choiceOf(data).form)
  return withEventFolder(eventFolder, () =>
    runs.branchPoints.with(request.config, () => runs[how](request, { expectation, eventFolder })),
  )
}
