import { choiceOf } from '../../core/data/datasetView.ts'
import type { RunConfig, RunSummary, RunToBegin } from '../../core/run/run.ts'
import { withEventFolder } from '../export/withEventFolder.ts'
import type { Lab } from '../lab.ts'

/**
 * Begins runs with these settings once their data is verified, their folder of events is made and their branch point is
 * there: what is refused leaves nothing behind.
 * @throws LabError as `DatasetStore.verify`, `withEventFolder`, `BranchPoints.with` and `begin`.
 */
export async function beginChecked<Begun>(
  { datasets, runs }: Lab,
  config: RunConfig,
  eventFolder: string | undefined,
  begin: () => Begun | Promise<Begun>,
): Promise<Begun> {
  await datasets.verify(config.data.dataset, choiceOf(config.data).form)
  return withEventFolder(eventFolder, () => runs.branchPoints.with(config, begin))
}

/**
 * Starts a run at once, or adds it to the queue.
 * @throws LabError as `beginChecked` and the method of `RunController`.
 */
export function beginRun(lab: Lab, how: 'start' | 'enqueue', begun: RunToBegin): Promise<RunSummary> {
  const { expectation, eventFolder, ...request } = begun
  return beginChecked(lab, request.config, eventFolder, () => lab.runs[how](request, { expectation, eventFolder }))
}
