import { choiceOf, preparedForm } from '../../core/data/datasetView.ts'
import type { DatasetEntry } from '../../core/data/dataset.ts'
import { LabError, refuse } from '../../core/words/problems.ts'
import type { RunConfig, RunRequest } from '../../core/run/run.ts'
import { heldOutImages } from '../../core/run/validation.ts'
import type { DatasetStore } from '../datasets/datasetStore.ts'
import { checkRequest } from './checkRequest.ts'

/**
 * The folder of the data for a request, and the number of images to train on.
 * @throws LabError `dataset-missing`, or the problem with a request that does not fit.
 */
export function dataForRequest(
  datasets: DatasetStore,
  request: RunRequest,
): { readonly dataFolder: string; readonly trainImages: number } {
  const { data } = request.config
  // A damaged or missing set is reported before anything that does not fit it.
  const dataFolder = datasets.folderOf(data.dataset, choiceOf(data).form)
  const { sizes } = checkRequest(request, datasets.entry(data.dataset))
  return { dataFolder, trainImages: sizes.train - heldOutImages(sizes.train, data.validationShare) }
}

/**
 * The set that a run was trained on. A person's own set is forgotten where it is removed, while its runs are kept.
 * @throws LabError `own-set-removed`.
 */
export function datasetOfRun(datasets: DatasetStore, { data }: Pick<RunConfig, 'data'>): DatasetEntry {
  try {
    return datasets.entry(data.dataset)
  } catch (thrown) {
    if (!(thrown instanceof LabError && thrown.problem.code === 'dataset-unknown')) throw thrown
    return refuse('own-set-removed', { id: data.dataset }, { cause: thrown })
  }
}

/**
 * The folder of the data that a run was trained on.
 * @throws LabError `own-set-removed`, `dataset-missing`, `dataset-damaged` or `dataset-changed`.
 */
export function dataFolderFor(datasets: DatasetStore, config: Pick<RunConfig, 'data'>): string {
  const { form } = choiceOf(config.data)
  const dataset = datasetOfRun(datasets, config)
  const folder = datasets.folderOf(dataset.id, form)
  if (preparedForm(dataset, form)?.prepared.sha256 !== config.data.sha256)
    refuse('dataset-changed', { dataset: dataset.name })
  return folder
}
